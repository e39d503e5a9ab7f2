package dev.flagstone.launcher.tls;

import dev.flagstone.launcher.tls.DevelopmentCa.Pair;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of a server's certificates.
 *
 * @param servers its certificates with their keys, the one for unknown names first
 * @param clientCa whose certificates clients may show, or null if none are asked for
 */
public record TlsPaths(List<Pair> servers, @Nullable Path clientCa) {

  public TlsPaths {
    servers = List.copyOf(servers);
  }

  List<Path> all() {
    List<Path> files = new ArrayList<>();
    for (Pair server : servers) {
      files.add(server.certificate());
      files.add(server.key());
    }
    if (clientCa != null) {
      files.add(clientCa);
    }
    return files;
  }
}

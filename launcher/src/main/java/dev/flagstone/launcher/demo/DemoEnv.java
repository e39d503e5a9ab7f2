package dev.flagstone.launcher.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flagstone.launcher.files.IoReason;
import dev.flagstone.launcher.files.PrivateFiles;
import dev.flagstone.launcher.registry.RegistryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code DIR/demo.env}: how to reach the demo cache, for shells and for the guides of clients,
 * which read these {@code MEMCACHIER_} names. It is the only file with a plain password, and has
 * mode 0600.
 */
public final class DemoEnv {

  static final String USERNAME = "MEMCACHIER_USERNAME";
  static final String PASSWORD = "MEMCACHIER_PASSWORD";

  private static final long MAX_BYTES = 64 << 10;

  private final Path file;

  /** Makes the one of this data directory. */
  public DemoEnv(Path directory) {
    this.file = directory.resolve("demo.env");
  }

  /** Where it is. */
  public Path file() {
    return file;
  }

  /** The variables in it; none if there is no such file or it cannot be read as one. */
  Map<String, String> read() {
    try {
      if (Files.size(file) > MAX_BYTES) {
        return Map.of();
      }
      // Whatever bytes somebody put there: they are compared, never trusted.
      return ShellVariables.parse(new String(Files.readAllBytes(file), UTF_8));
    } catch (NoSuchFileException e) {
      return Map.of();
    } catch (IOException e) {
      throw new RegistryException("cannot read " + file + ": " + IoReason.of(e));
    }
  }

  /**
   * Writes it, once the server is ready to be reached this way.
   *
   * @throws RegistryException if it cannot be written
   */
  public void write(DemoLogin login, DemoAddresses addresses) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("MEMCACHIER_SERVERS", addresses.memcacheServer());
    variables.put(USERNAME, login.username());
    variables.put(PASSWORD, login.password());
    variables.put("FLAGSTONE_BOUND_SERVER", addresses.boundServer());
    variables.put("FLAGSTONE_TLS_SERVERS", addresses.tlsServer());
    variables.put("FLAGSTONE_CA", addresses.ca());
    variables.put("FLAGSTONE_METRICS_URL", addresses.metricsUrl());
    variables.put("FLAGSTONE_CACHE_ID", login.cache().toString());
    variables.values().removeIf(String::isEmpty);
    try {
      PrivateFiles.replace(file, ShellVariables.format(variables).getBytes(UTF_8));
    } catch (IOException e) {
      throw new RegistryException("cannot write " + file + ": " + IoReason.of(e));
    }
  }
}

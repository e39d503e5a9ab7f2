package dev.flagstone.e2e.clients;

import dev.flagstone.e2e.kit.Distribution;
import dev.flagstone.e2e.kit.Subprocess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The packages of npm that the guides need, of the versions in the lock file. */
final class NodeModules {

  private static final Path SOURCE = Path.of("src/test/resources/clients/guide/npm");

  private NodeModules() {}

  /** Where they are; installs them unless a run of the same build has. */
  static Path installed() throws Exception {
    Path directory = Files.createDirectories(Distribution.target().resolve("npm"));
    Path modules = directory.resolve("node_modules");
    Path lock = directory.resolve("package-lock.json");
    Path wanted = SOURCE.resolve("package-lock.json");
    if (Files.exists(modules) && Files.mismatch(lock, wanted) == -1) {
      return modules;
    }
    Files.deleteIfExists(lock);
    Files.copy(
        SOURCE.resolve("package.json"),
        directory.resolve("package.json"),
        StandardCopyOption.REPLACE_EXISTING);
    Files.copy(wanted, lock);
    List<String> install =
        List.of("npm", "--prefix", directory.toString(), "ci", "--no-audit", "--no-fund");
    var unused = Subprocess.run(Duration.ofMinutes(2), Map.of(), install).succeeded();
    return modules;
  }
}

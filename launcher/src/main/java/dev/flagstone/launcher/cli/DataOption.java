package dev.flagstone.launcher.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --data}: the directory that a server and the command line share. */
final class DataOption {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "Directory with the registry (default: ./data).")
  Path directory = Path.of("data");
}

package dev.flagstone.launcher.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A second JVM with this one's class path: what only another process can show. */
public final class OtherJvm {

  private OtherJvm() {}

  /** Starts a main class; its output goes where {@code builder} says. */
  public static ProcessBuilder of(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Xshare:auto");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  /** Runs a main class to its end, and returns its exit code. */
  public static int run(Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    return of(main, arguments).inheritIO().start().waitFor();
  }
}

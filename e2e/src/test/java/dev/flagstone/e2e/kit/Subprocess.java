package dev.flagstone.e2e.kit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command that is run to its end. */
public final class Subprocess {

  private Subprocess() {}

  /** How a command ended. */
  public record Outcome(int exitCode, String out, String err) {

    /** Fails unless the exit code is 0. */
    public Outcome succeeded() {
      if (exitCode != 0) {
        throw new AssertionError("exit code " + exitCode + "\n" + out + "\n" + err);
      }
      return this;
    }
  }

  /** Runs the command; one that takes longer is killed, and the test fails. */
  public static Outcome run(Duration atMost, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    return run(atMost, environment, "", command);
  }

  /** The same, with this on its standard input. */
  public static Outcome run(
      Duration atMost, Map<String, String> environment, String input, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      Output out = new Output(process.getInputStream(), "out");
      Output err = new Output(process.getErrorStream(), "err");
      try (var in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // It ended without reading: its exit code says how.
      }
      if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(
            command + " did not end within " + atMost + "\n" + out + "\n" + err);
      }
      out.finish();
      err.finish();
      return new Outcome(process.exitValue(), out.text(), err.text());
    } finally {
      process.destroyForcibly();
    }
  }
}

package dev.flagstone.launcher.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.launcher.Main;
import dev.flagstone.launcher.files.OtherJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code flagstone run} as a process: what signals do to it. */
final class RunProcessTest {

  @TempDir private Path directory;

  @Test
  void run_untilSigterm_endsWithin5SecondsWithExitCode0() throws Exception {
    Process server = start();
    try (BufferedReader out = server.inputReader(UTF_8)) {
      assertThat(out.readLine()).startsWith("Flagstone ").contains(" is ready: 16m for items");
      assertThat(out.readLine()).contains(directory.resolve("demo.env").toString());
      server.destroy(); // SIGTERM
      assertThat(server.waitFor(5, TimeUnit.SECONDS)).isTrue();
      assertThat(server.exitValue()).isZero();
    } finally {
      server.destroyForcibly();
    }
  }

  @Test
  void run_onADirectoryInUseByAnotherProcess_isRefusedInOneLine() throws Exception {
    Process server = start();
    try (BufferedReader out = server.inputReader(UTF_8)) {
      assertThat(out.readLine()).contains("is ready");
      Process second = start();
      String err = new String(second.getErrorStream().readAllBytes(), UTF_8);
      assertThat(second.waitFor()).isEqualTo(1);
      assertThat(err)
          .isEqualTo(
              "flagstone: another server runs on " + directory + "; choose another with --data\n");
    } finally {
      server.destroyForcibly();
    }
  }

  private Process start() throws IOException {
    return OtherJvm.of(
            Main.class,
            "run",
            "--data",
            directory.toString(),
            "--memory",
            "16m",
            "--memcache-port",
            "0",
            "--bound-port",
            "0")
        .start();
  }
}

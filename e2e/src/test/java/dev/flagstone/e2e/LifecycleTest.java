package dev.flagstone.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.e2e.kit.CommandLine;
import dev.flagstone.e2e.kit.Distribution;
import dev.flagstone.e2e.kit.FlagstoneProcess;
import dev.flagstone.e2e.kit.FlagstoneProcess.Stopped;
import dev.flagstone.e2e.kit.RawClient;
import dev.flagstone.e2e.kit.Subprocess.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Starting and ending. */
final class LifecycleTest {

  private static final long READY_MILLIS = 6_000;
  private static final long STOP_MILLIS = 5_000;
  private static final int PIPELINED = 20_000;

  private final Path data = Distribution.newDirectory("data");

  private FlagstoneProcess start(String... options) throws Exception {
    return FlagstoneProcess.start(data, Map.of(), options);
  }

  private static void assertCleanEnd(Stopped stopped) {
    assertThat(stopped.exitCode()).isZero();
    assertThat(stopped.millis()).isLessThan(STOP_MILLIS);
  }

  @Test
  void secondStart_keepsTheDemoCredentials_andIsReadyInTime() throws Exception {
    Map<String, String> first;
    try (FlagstoneProcess server = start()) {
      first = server.env();
      assertThat(first.keySet())
          .contains(
              "MEMCACHIER_SERVERS",
              "MEMCACHIER_USERNAME",
              "MEMCACHIER_PASSWORD",
              "FLAGSTONE_BOUND_SERVER");
      assertThat(server.startMillis()).isLessThan(READY_MILLIS);
      assertThat(server.out().text()).contains("is ready: 256m for items");
      assertCleanEnd(server.stop());
      assertThat(server.err().text()).isEmpty();
    }
    try (FlagstoneProcess server = start()) {
      assertThat(server.username()).isEqualTo(first.get("MEMCACHIER_USERNAME"));
      assertThat(server.password()).isEqualTo(first.get("MEMCACHIER_PASSWORD"));
      try (RawClient client = server.login(server.username(), server.password())) {
        assertThat(client.exchange("mn\r\n")).isEqualTo("MN");
      }
      server.kill(); // which the next start must not mind
    }
    try (FlagstoneProcess server = start()) {
      assertThat(server.password()).isEqualTo(first.get("MEMCACHIER_PASSWORD"));
    }
  }

  @Test
  void filesWithSecrets_areTheOwnersAlone_andNobodyElseTellsThem() throws Exception {
    try (FlagstoneProcess server =
        FlagstoneProcess.start(data, Map.of("FLAGSTONE_LOG_LEVEL", "DEBUG"), "--memory", "64m")) {
      String password = server.password();
      try (RawClient wrong = RawClient.connect(server.memcachePort());
          RawClient right = server.login(server.username(), password)) {
        wrong.send("set " + server.username() + " 0 0 12\r\nmistyped-one\r\n");
        assertThat(wrong.line()).startsWith("CLIENT_ERROR");
        assertThat(right.exchange("set secret-key 0 0 12\r\nsecret-value\r\n")).isEqualTo("STORED");
      }
      CommandLine.Issued other = new CommandLine(data).createCache("other", "8m");
      server.awaitLogin(other).close();
      assertThat(server.facts().commandLine()).contains("flagstone.jar").doesNotContain(password);
      assertThat(server.facts().environment()).doesNotContain(password);
      assertCleanEnd(server.stop());
      assertThat(server.err().text()).isNotEmpty();
      assertThat(server.out().text() + server.err().text())
          .doesNotContain(password, other.password(), "mistyped-one", "secret-value", "secret-key");
      try (Stream<Path> files = Files.walk(data)) {
        assertThat(files.filter(Files::isRegularFile))
            .allSatisfy(file -> assertPrivate(file, password));
      }
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(data.resolve("demo.env"))))
          .isEqualTo("rw-------");
    }
  }

  private static void assertPrivate(Path file, String password) throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .endsWith("------");
    boolean holdsPassword = Files.readString(file).contains(password);
    assertThat(holdsPassword).isEqualTo(file.endsWith("demo.env"));
  }

  @Test
  void sigterm_withManyConnectionsAndAPipeliningClient_endsInTime() throws Exception {
    try (FlagstoneProcess server = start("--memory", "64m")) {
      List<RawClient> idle = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        idle.add(
            i % 2 == 0 ? server.connect() : server.login(server.username(), server.password()));
      }
      idle.get(0).send("set half 0 0 100\r\nabc");
      RawClient neverReading = RawClient.connect(server.boundPort(), "127.0.0.1", 4096);
      assertThat(neverReading.exchange("set big 0 0 9000\r\n" + "v".repeat(9_000) + "\r\n"))
          .isEqualTo("STORED");
      neverReading.send("get big\r\n".repeat(5_000));
      try (RawClient pipelining = server.connect()) {
        Thread sender = new Thread(() -> sendForEver(pipelining), "pipelining");
        sender.start();
        assertThat(pipelining.line()).startsWith("VERSION ");
        Stopped stopped = server.stop();
        assertCleanEnd(stopped);
        String answered = pipelining.textUntilClosed(Duration.ofSeconds(5));
        assertThat(answered.replaceAll("VERSION [^\r\n]*\r\n|NOT_FOUND\r\n", "")).isEmpty();
        sender.join(5_000);
        assertThat(sender.isAlive()).isFalse();
      }
      neverReading.close();
      for (RawClient client : idle) {
        assertThat(client.untilClosed(Duration.ofSeconds(2))).isEmpty();
        client.close();
      }
      assertThat(server.err().text()).isEmpty();
    }
  }

  private static void sendForEver(RawClient client) {
    byte[] commands = "version\r\ndelete none\r\n".repeat(100).getBytes(ISO_8859_1);
    try {
      while (true) {
        client.send(commands);
      }
    } catch (IOException e) {
      // The server has gone, as it should.
    }
  }

  @Test
  void sigterm_afterPipelinedRequests_answersThemFirst() throws Exception {
    try (FlagstoneProcess server = start("--memory", "64m")) {
      try (RawClient client = server.connect()) {
        client.send("version\r\n".repeat(PIPELINED));
        assertThat(client.line()).startsWith("VERSION ");
        assertCleanEnd(server.stop());
        String answered = client.textUntilClosed(Duration.ofSeconds(5));
        assertThat(answered.replaceAll("VERSION [^\r\n]*\r\n", "")).isEmpty();
      }
    }
  }

  @Test
  void portInUse_isOneLineThatNamesPortAndOption() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = Integer.toString(taken.getLocalPort());
      for (String option :
          List.of("--memcache-port", "--tls-port", "--bound-port", "--metrics-port")) {
        assertRefused(FlagstoneProcess.attempt(data, option, port), 1, port, option);
      }
    }
  }

  @Test
  void onePortForTwoListeners_isOneLineThatNamesBoth() throws Exception {
    String port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = Integer.toString(free.getLocalPort());
    }
    assertRefused(
        FlagstoneProcess.attempt(data, "--memcache-port", port, "--bound-port", port),
        1,
        "--memcache-port",
        "--bound-port");
  }

  @Test
  void wishThatCannotBeHonoured_isOneLine() throws Exception {
    assertRefused(FlagstoneProcess.attempt(data, "--memory", "100000g"), 1, "--memory", "100000g");
    assertRefused(FlagstoneProcess.attempt(data, "--memory", "1k"), 1, "--memory");
    assertRefused(FlagstoneProcess.attempt(data, "--memory", "lots"), 2, "--memory");
    assertRefused(FlagstoneProcess.attempt(data, "--memcache-port", "65536"), 2, "65536");
    assertRefused(FlagstoneProcess.attempt(data, "--nonsense"), 2, "--nonsense");
    assertRefused(
        FlagstoneProcess.attempt(Path.of("/dev/null/x"), "--memory", "16m"), 1, "/dev/null/x");
  }

  @Test
  void secondServerOnOneDirectory_isRefused_andTheFirstServesOn() throws Exception {
    try (FlagstoneProcess server = start("--memory", "16m")) {
      assertRefused(
          FlagstoneProcess.attempt(data, "--memory", "16m"), 1, data.toString(), "--data");
      try (RawClient client = server.login(server.username(), server.password())) {
        assertThat(client.exchange("mn\r\n")).isEqualTo("MN");
      }
    }
  }

  private static void assertRefused(Outcome outcome, int exitCode, String... named) {
    assertThat(outcome.err().lines().toList())
        .hasSize(1)
        .allSatisfy(line -> assertThat(line).contains(named));
    assertThat(outcome.exitCode()).isEqualTo(exitCode);
    assertThat(outcome.out()).isEmpty();
  }
}

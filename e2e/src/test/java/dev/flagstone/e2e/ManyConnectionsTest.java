package dev.flagstone.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.e2e.kit.Distribution;
import dev.flagstone.e2e.kit.FlagstoneProcess;
import dev.flagstone.e2e.kit.Metrics;
import dev.flagstone.e2e.kit.ProcessFacts;
import dev.flagstone.e2e.kit.RawClient;
import dev.flagstone.e2e.kit.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that come and go, and clients that do not read: what they cost, and whom. */
final class ManyConnectionsTest {

  private static final int VALUE_BYTES = 10 * 1024;
  private static final int REQUESTS = 100_000;
  private static final int NEVER_READING = 4;
  private static final long MAX_GROWTH_BYTES = 64L << 20;

  private FlagstoneProcess server;

  /** The heap is touched whole at the start, so that all growth after it is somebody's memory. */
  @BeforeEach
  void start() throws Exception {
    server =
        FlagstoneProcess.start(
            Distribution.newDirectory("data"),
            Map.of("FLAGSTONE_JVM_OPTS", "-Xms192m -Xmx192m -XX:+AlwaysPreTouch"),
            "--memory",
            "32m");
  }

  @AfterEach
  void stop() throws Exception {
    server.endCleanly();
  }

  @Test
  void clientThatNeverReads_costsBoundedMemory_andNobodysTime() throws Exception {
    String value = "v".repeat(VALUE_BYTES);
    List<RawClient> hostile = new ArrayList<>();
    try (RawClient client = server.connect()) {
      assertThat(client.exchange("set big 0 0 " + VALUE_BYTES + "\r\n" + value + "\r\n"))
          .isEqualTo("STORED");
      long warmUp = slowestOf99Percent(client);
      long before = server.facts().rssBytes();
      byte[] requests = "get big\r\n".repeat(REQUESTS).getBytes(ISO_8859_1);
      for (int i = 0; i < NEVER_READING; i++) {
        RawClient stuck = RawClient.connect(server.boundPort(), "127.0.0.1", 4096);
        hostile.add(stuck);
        Thread sender = new Thread(() -> sendUntilClosed(stuck, requests), "never-reading");
        sender.setDaemon(true);
        sender.start();
      }
      long worst = 0;
      long growth = 0;
      for (int i = 0; i < 10; i++) {
        worst = Math.max(worst, slowestOf99Percent(client));
        growth = Math.max(growth, server.facts().rssBytes() - before);
      }
      assertThat(growth).isLessThan(MAX_GROWTH_BYTES);
      assertThat(worst).as("ms, %d before", warmUp).isLessThan(100);
      assertThat(client.get("big")).asString().isEqualTo(value);
    } finally {
      for (RawClient stuck : hostile) {
        stuck.reset();
      }
    }
    Waiting.until(
        "the hostile connections are gone",
        Duration.ofSeconds(5),
        () -> server.metrics().sum("flagstone_proxy_connections_open") == 0);
  }

  /** The time that 99 % of 500 round trips stay under, in milliseconds. */
  private static long slowestOf99Percent(RawClient client) throws IOException {
    long[] nanos = new long[500];
    for (int i = 0; i < nanos.length; i++) {
      long begun = System.nanoTime();
      assertThat(client.exchange("get none\r\n")).isEqualTo("END");
      nanos[i] = System.nanoTime() - begun;
    }
    Arrays.sort(nanos);
    return nanos[nanos.length * 99 / 100] / 1_000_000;
  }

  private static void sendUntilClosed(RawClient client, byte[] requests) {
    try {
      client.send(requests);
    } catch (IOException e) {
      // Closed at the test's end, or by the server for not reading.
    }
  }

  @Test
  void stuckClient_thatReadsAfterAll_getsEveryReply() throws Exception {
    int requests = 5_000;
    String value = "v".repeat(VALUE_BYTES);
    String reply = "VALUE big 0 " + VALUE_BYTES + "\r\n" + value + "\r\nEND\r\n";
    try (RawClient client = RawClient.connect(server.boundPort(), "127.0.0.1", 4096)) {
      assertThat(client.exchange("set big 0 0 " + VALUE_BYTES + "\r\n" + value + "\r\n"))
          .isEqualTo("STORED");
      Thread sender =
          new Thread(
              () -> sendUntilClosed(client, "get big\r\n".repeat(requests).getBytes(ISO_8859_1)),
              "late-reading");
      sender.start();
      Thread.sleep(500);
      byte[] expected = reply.getBytes(ISO_8859_1);
      for (int i = 0; i < requests; i++) {
        assertThat(Arrays.equals(client.read(expected.length), expected)).isTrue();
      }
      sender.join(5_000);
    }
  }

  @Test
  void connectionsThatComeAndGo_leakNothing() throws Exception {
    try (RawClient client = server.connect()) {
      assertThat(client.exchange("set a 0 0 1\r\nx\r\n")).isEqualTo("STORED");
      server.login(server.username(), server.password()).close();
      var warmUp = server.metrics();
      Thread.sleep(200); // the metrics page's connection stays, and is counted below
      int filesBefore = server.facts().openFiles();
      Random random = new Random(2_000);
      for (int wave = 0; wave < 10; wave++) {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
          int port = random.nextBoolean() ? server.boundPort() : server.memcachePort();
          clients.add(RawClient.connect(port));
        }
        for (RawClient one : clients) {
          comeAndGo(one, random);
        }
      }
      Waiting.until(
          "all but one connection are gone",
          Duration.ofSeconds(10),
          () -> server.metrics().sum("flagstone_proxy_connections_open") == 1);
      Waiting.until(
          "no more files are open than before",
          Duration.ofSeconds(5),
          () -> server.facts().openFiles() <= filesBefore);
      for (int port : new int[] {server.boundPort(), server.memcachePort()}) {
        Waiting.until(
            "no connection is half closed",
            Duration.ofSeconds(5),
            () -> ProcessFacts.sockets(port, ProcessFacts.CLOSE_WAIT) == 0);
      }
      assertThat(client.get("a")).asString().isEqualTo("x");
      assertThat(client.stat("curr_connections")).isEqualTo(1);
      Metrics after = server.metrics();
      assertThat(after.sum("flagstone_proxy_connections_total")).isGreaterThanOrEqualTo(2_002);
      assertThat(after.sum("flagstone_proxy_session_bugs_total")).isZero();
      assertThat(warmUp.sum("flagstone_proxy_connections_total")).isEqualTo(2);
    }
  }

  /** Leaves in one of the ways in which clients leave. */
  private static void comeAndGo(RawClient client, Random random) throws IOException {
    switch (random.nextInt(6)) {
      case 0 -> client.close();
      case 1 -> client.reset();
      case 2 -> client.send("get a\r\n").close();
      case 3 -> client.send("get a\r\nget a\r\n").reset();
      case 4 -> client.send("set b 0 0 100\r\nhalf").close();
      default -> {
        client.send("version\r\nquit\r\n");
        assertThat(client.textUntilClosed(Duration.ofSeconds(5))).startsWith("VERSION ");
      }
    }
  }
}

package dev.flagstone.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.e2e.kit.FlagstoneProcess;
import dev.flagstone.e2e.kit.Metrics;
import dev.flagstone.e2e.kit.RawClient;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Malformed and hostile input: the documented error or a closed connection, and never a bug, a
 * stack trace or a disturbed neighbour. Each input has broken a real server once.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadInputTest {

  private static final Duration SOON = Duration.ofSeconds(5);
  private static final String NEIGHBOUR = "neighbour's value\r\nEND\r\n";

  private FlagstoneProcess server;
  private RawClient neighbour;

  @BeforeAll
  void start() throws Exception {
    server = FlagstoneProcess.start("--memory", "64m");
    neighbour = server.connect();
  }

  @BeforeEach
  void fill() throws Exception {
    assertThat(
            neighbour.exchange(
                "set neighbour 0 0 " + NEIGHBOUR.length() + "\r\n" + NEIGHBOUR + "\r\n"))
        .isEqualTo("STORED");
  }

  /** The neighbour's connection and item are as they were, and nobody has met a bug. */
  @AfterEach
  void undisturbed() throws Exception {
    assertThat(neighbour.get("neighbour")).isEqualTo(NEIGHBOUR.getBytes(ISO_8859_1));
    Metrics metrics = server.metrics();
    assertThat(metrics.sum("flagstone_proxy_session_bugs_total")).isZero();
    assertThat(metrics.sum("flagstone_proxy_malformed_replies_total")).isZero();
    assertThat(metrics.sum("flagstone_shard_request_bugs_total")).isZero();
    assertThat(metrics.sum("flagstone_shard_malformed_batches_total")).isZero();
  }

  @AfterAll
  void stop() throws Exception {
    try {
      neighbour.close();
      assertThat(server.metrics().sum("flagstone_proxy_rejected_commands_total")).isPositive();
      assertThat(server.metrics().sum("flagstone_proxy_hostile_closes_total")).isPositive();
    } finally {
      server.endCleanly();
    }
    assertThat(server.err().lines()).hasSizeLessThan(20);
  }

  private static String set(String key, String value) {
    return "set " + key + " 0 0 " + value.length() + "\r\n" + value + "\r\n";
  }

  /** After the input, the same connection still serves. */
  private void assertAnswered(String input, String answer) throws IOException {
    try (RawClient client = server.connect()) {
      client.send(input + "mn\r\n");
      assertThat(client.text(answer.length())).isEqualTo(answer);
      assertThat(client.line()).isEqualTo("MN");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 500, 1000, 1500, 1900})
  void spacesBeforeTheKey_areSkipped(int spaces) throws Exception {
    assertAnswered(
        set("k", "v") + "get" + " ".repeat(spaces) + "k\r\n",
        "STORED\r\nVALUE k 0 1\r\nv\r\nEND\r\n");
  }

  @Test
  void metaSetWithABadModeOrOpaque_isRefused_andItsPayloadIsNoCommand() throws Exception {
    assertAnswered("ms foo 2 MZ\r\nmn\r\n", "CLIENT_ERROR invalid mode for ms M token\r\n");
    assertAnswered(
        "ms foo 2 O" + "o".repeat(33) + "\r\nmn\r\n", "CLIENT_ERROR opaque token too long\r\n");
  }

  @Test
  void bareNewline_endsALine() throws Exception {
    assertAnswered("set k 0 0 1\nv\r\nget k\n", "STORED\r\nVALUE k 0 1\r\nv\r\nEND\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "x", "get"})
  void lineWithoutEnd_isRefusedAtItsBound(String filling) throws Exception {
    try (RawClient client = server.connect()) {
      client.send(filling.repeat(1_500 / filling.length()));
      assertThat(client.arrivingWithin(Duration.ofMillis(100))).isEmpty();
      client.send(filling.repeat(1_500));
      assertThat(client.textUntilClosed(SOON)).isEqualTo("CLIENT_ERROR line too long\r\n");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "get | ERROR",
        "'get ' | ERROR",
        "'' | ERROR",
        "'     ' | ERROR",
        "mg foo v Olonglonglonglonglonglonglonglonglonglonglong"
            + " | CLIENT_ERROR opaque token too long",
        "incr neighbour 1 | CLIENT_ERROR cannot increment or decrement non-numeric value",
        "incr neighbour x | CLIENT_ERROR invalid numeric delta argument",
        "touch neighbour x | CLIENT_ERROR invalid exptime argument",
        "stats cachedump 1 1 | CLIENT_ERROR not allowed",
        "shutdown | CLIENT_ERROR not allowed",
        "flush_all x | CLIENT_ERROR invalid exptime argument"
      })
  void badLine_isAnsweredAndSkipped(String line, String answer) throws Exception {
    assertAnswered(line + "\r\n", answer + "\r\n");
  }

  @Test
  void keyOf251Bytes_isRefused_andOneOf250IsNot() throws Exception {
    String key = "k".repeat(250);
    assertAnswered("get " + key + "k\r\n", "CLIENT_ERROR bad command line format\r\n");
    assertAnswered(
        set(key, "v") + "get " + key + "\r\n", "STORED\r\nVALUE " + key + " 0 1\r\nv\r\nEND\r\n");
    assertAnswered(
        set(key + "k", "flush_all") + "get neighbour2\r\n",
        "CLIENT_ERROR bad command line format\r\nEND\r\n");
  }

  @Test
  void multigetOf10000Keys_isAnsweredWhole() throws Exception {
    StringBuilder sets = new StringBuilder();
    StringBuilder get = new StringBuilder("get");
    StringBuilder answer = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      String key = "multi" + i;
      get.append(' ').append(key);
      if (i % 3 != 0) {
        sets.append("set " + key + " 7 0 5 noreply\r\nv\r\nxx\r\n");
        answer.append("VALUE " + key + " 7 5\r\nv\r\nxx\r\n");
      }
    }
    assertAnswered(sets.append(get).append("\r\n").toString(), answer.append("END\r\n").toString());
  }

  @Test
  void valueWithoutItsLineEnd_isRefused() throws Exception {
    String half = "x".repeat(512 << 10);
    assertAnswered(
        "set big 0 0 " + half.length() + "\r\n" + half + "version\r\nget big\r\n",
        "CLIENT_ERROR bad data chunk\r\nEND\r\n");
  }

  @Test
  void everyByteInAPacketOfItsOwn_isTheSame() throws Exception {
    String value = "get a\r\nset a 0 0 1\r\nquit\r\n";
    String conversation =
        "set split 5 0 "
            + value.length()
            + " noreply\r\n"
            + value
            + "\r\nget split\r\nincr split 1\r\n";
    try (RawClient client = server.connect()) {
      for (byte one : conversation.getBytes(ISO_8859_1)) {
        client.send(new byte[] {one});
        Thread.sleep(1);
      }
      assertThat(client.line()).isEqualTo("VALUE split 5 " + value.length());
      assertThat(client.text(value.length() + 7)).isEqualTo(value + "\r\nEND\r\n");
      assertThat(client.line()).startsWith("CLIENT_ERROR");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {(1 << 20) - 2, 1 << 20, 3 << 20})
  void tooLargeValue_isSwallowed_andNotReadAsCommands(int length) throws Exception {
    String commands = "flush_all\r\n".repeat(length / 11 + 1).substring(0, length);
    assertAnswered(
        set("big", commands) + "get big\r\n", "SERVER_ERROR object too large for cache\r\nEND\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2147483646", "2147483647", "2147483648", "4294967297", "18446744073709551617"})
  void lengthBeyondReason_endsTheConnection(String length) throws Exception {
    try (RawClient client = server.connect()) {
      client.send("set k 0 0 " + length + "\r\nflush_all\r\n");
      assertThat(client.textUntilClosed(SOON))
          .isEqualTo("CLIENT_ERROR bad command line format\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "x", "1x", "0x10", "+1", "1.5"})
  void lengthThatIsNone_isRefused(String length) throws Exception {
    try (RawClient client = server.connect()) {
      assertThat(client.exchange("set k 0 0 " + length + "\r\n"))
          .isEqualTo("CLIENT_ERROR bad command line format");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PUT", "HEAD", "DELETE", "OPTIONS", "CONNECT", "PATCH"})
  void httpVerb_isHungUpOn(String verb) throws Exception {
    try (RawClient client = server.connect()) {
      client.send(verb + " / HTTP/1.1\r\nHost: a\r\n\r\nflush_all\r\n");
      assertThat(client.untilClosed(SOON)).isEmpty();
    }
  }

  @Test
  void udp_isNotListenedOn() throws Exception {
    assertThat(server.facts().udpSockets()).isZero();
    byte[] request = "\0\1\0\0\0\1\0\0stats\r\n".getBytes(ISO_8859_1);
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(200);
      socket.send(
          new DatagramPacket(
              request, request.length, InetAddress.getByName("127.0.0.1"), server.boundPort()));
      DatagramPacket answer = new DatagramPacket(new byte[2048], 2048);
      boolean answered;
      try {
        socket.receive(answer);
        answered = true;
      } catch (SocketTimeoutException e) {
        answered = false;
      }
      assertThat(answered).isFalse();
    }
  }

  @Test
  void randomBytesFrom50Connections_disturbNobody() throws Exception {
    Random random = new Random(50);
    String[] words = {
      "set k 0 0 5\r\n", "get ", "\r\n", "cas k 0 0 3 1\r\n", " ", "incr k ", "gat "
    };
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      clients.add(server.connect());
    }
    for (int round = 0; round < 40; round++) {
      for (RawClient client : clients) {
        byte[] noise = new byte[random.nextInt(400)];
        random.nextBytes(noise);
        try {
          client.send(words[random.nextInt(words.length)]).send(noise);
        } catch (IOException e) {
          // Closed by the server, which it may do.
        }
      }
      assertThat(neighbour.get("neighbour")).isEqualTo(NEIGHBOUR.getBytes(ISO_8859_1));
    }
    for (RawClient client : clients) {
      client.close();
    }
  }

  @Test
  void halfSentCommandsThenClose_leaveNothing() throws Exception {
    String command = "set half 0 0 10\r\n0123456789\r\n";
    for (int cut = 1; cut < command.length(); cut++) {
      RawClient client = server.connect().send(command.substring(0, cut));
      if (cut % 2 == 0) {
        client.reset();
      } else {
        client.close();
      }
    }
    Thread.sleep(50);
    assertThat(neighbour.get("half")).isNull();
  }

  @Test
  void halfClose_afterPipelinedRequests_stillGetsAllReplies() throws Exception {
    int requests = 20_000;
    String value = "v".repeat(500);
    assertThat(neighbour.exchange(set("half-close", value))).isEqualTo("STORED");
    byte[] all = "get half-close\r\n".repeat(requests).getBytes(ISO_8859_1);
    String reply = "VALUE half-close 0 500\r\n" + value + "\r\nEND\r\n";
    try (RawClient client = server.connect()) {
      Thread sender =
          new Thread(
              () -> {
                try {
                  client.send(all);
                  client.endOutput();
                } catch (IOException e) {
                  // The replies that are missing then say so.
                }
              },
              "half-close");
      sender.start();
      String answered = client.textUntilClosed(Duration.ofSeconds(30));
      assertThat(answered.length()).isEqualTo(reply.length() * requests);
      assertThat(
              IntStream.range(0, requests)
                  .allMatch(i -> answered.startsWith(reply, i * reply.length())))
          .isTrue();
    }
  }
}

package dev.flagstone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.e2e.kit.FlagstoneProcess;
import dev.flagstone.e2e.kit.Metrics;
import dev.flagstone.e2e.kit.RawClient;
import dev.flagstone.e2e.kit.SharedServer;
import dev.flagstone.e2e.kit.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logging in over sockets. Each test comes from an address of its own, for the throttle's sake. */
@ExtendWith(SharedServer.class)
final class LoginTest {

  private static final String FAILURE = "CLIENT_ERROR authentication failure";
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final AtomicInteger NEXT_SOURCE = new AtomicInteger(10);

  private final String source = "127.0.0." + NEXT_SOURCE.getAndIncrement();

  private RawClient connect(FlagstoneProcess server) throws IOException {
    return RawClient.connect(server.memcachePort(), source);
  }

  private static String set(String key, String value) {
    return "set " + key + " 0 0 " + value.length() + "\r\n" + value + "\r\n";
  }

  @Test
  void usernameAsKey_isLoggedIn(FlagstoneProcess server) throws Exception {
    try (RawClient client = connect(server)) {
      assertThat(client.exchange(set(server.username(), server.password()))).isEqualTo("STORED");
      assertThat(client.exchange(set("greeting", "hello"))).isEqualTo("STORED");
      assertThat(client.get("greeting")).asString().isEqualTo("hello");
      assertThat(client.get(server.username())).isNull();
    }
  }

  @Test
  void usernameAndPasswordAsValue_isLoggedIn(FlagstoneProcess server) throws Exception {
    try (RawClient client = connect(server)) {
      assertThat(client.exchange(set("any", server.username() + " " + server.password())))
          .isEqualTo("STORED");
      assertThat(client.exchange(set("greeting", "hello"))).isEqualTo("STORED");
      assertThat(client.get("any")).isNull();
    }
  }

  @Test
  void loginPipelinedWithCommands_isAnsweredInOrder(FlagstoneProcess server) throws Exception {
    try (RawClient client = connect(server)) {
      client.send(
          set(server.username(), server.password())
              + set("a", "1")
              + "get a\r\nversion\r\nquit\r\n");
      assertThat(client.textUntilClosed(SOON))
          .startsWith("STORED\r\nSTORED\r\nVALUE a 0 1\r\n1\r\nEND\r\nVERSION 1.6.45");
    }
  }

  @Test
  void wrongPassword_isRefusedAndClosed(FlagstoneProcess server) throws Exception {
    for (String login :
        List.of(
            set(server.username(), "wrong"),
            set("nobody", server.password()),
            set("any", server.username() + " wrong"))) {
      try (RawClient client = connect(server)) {
        client.send(login + "get a\r\n");
        assertThat(client.textUntilClosed(SOON)).isEqualTo(FAILURE + "\r\n");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"get a\r\n", "stats\r\n", "flush_all\r\n", "incr a 1\r\n", "mn\r\n"})
  void commandBeforeLogin_isRefused(String command, FlagstoneProcess server) throws Exception {
    try (RawClient client = connect(server)) {
      assertThat(client.exchange(command)).isEqualTo("CLIENT_ERROR unauthenticated");
      assertThat(client.exchange(set(server.username(), server.password()))).isEqualTo("STORED");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2147483645", "2147483646", "2147483647", "4294967295", "512000", "513"})
  void loginOfAnyLengthBeyondTheBound_isRefusedByItsLength(String length, FlagstoneProcess server)
      throws Exception {
    long before = server.facts().rssBytes();
    try (RawClient client = connect(server)) {
      client.send("set foo 0 0 " + length + "\r\n");
      assertThat(client.line()).startsWith("CLIENT_ERROR ");
    }
    assertThat(server.facts().rssBytes() - before).isLessThan(64 << 20);
    assertServes(server);
  }

  @Test
  void manyEmptyLinesBeforeLogin_endTheConnection(FlagstoneProcess server) throws Exception {
    try (RawClient client = connect(server)) {
      String answered;
      try {
        client.send("\r\n".repeat(100_000));
        answered = client.textUntilClosed(SOON);
      } catch (IOException e) {
        answered = ""; // closed while the lines were still being sent
      }
      assertThat(answered.lines()).hasSizeLessThan(10);
    }
    assertServes(server);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /x HTTP/1.1\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\n\r\n"
      })
  void otherProtocol_isHungUpOn(String first, FlagstoneProcess server) throws Exception {
    for (int port : new int[] {server.memcachePort(), server.boundPort()}) {
      try (RawClient client = RawClient.connect(port, source)) {
        client.send(first);
        assertThat(client.textUntilClosed(Duration.ofSeconds(7))).doesNotContain("VALUE");
      }
    }
    assertServes(server);
  }

  @Test
  void noLoginIn5Seconds_isClosed(FlagstoneProcess server) throws Exception {
    long timeouts = server.metrics().sum("flagstone_proxy_login_timeouts_total");
    try (RawClient silent = connect(server);
        RawClient half = connect(server);
        RawClient trickling = connect(server);
        RawClient bound = server.connect()) {
      long begun = System.nanoTime();
      half.send("set " + server.username() + " 0 0 32\r\nabc");
      for (int i = 0; i < 8; i++) {
        trickling.send("s");
        Thread.sleep(500);
      }
      assertThat(silent.arrivingWithin(Duration.ofMillis(1))).isEmpty(); // open still
      assertThat(silent.untilClosed(Duration.ofSeconds(5))).isEmpty();
      assertThat(half.untilClosed(SOON)).isEmpty();
      assertThat(trickling.untilClosed(SOON)).isEmpty();
      assertThat(Waiting.millisSince(begun)).isBetween(4_500L, 8_000L);
      assertThat(bound.exchange("mn\r\n")).isEqualTo("MN");
    }
    assertThat(server.metrics().sum("flagstone_proxy_login_timeouts_total"))
        .isGreaterThanOrEqualTo(timeouts + 3);
  }

  @Test
  void guesser_isSlowedDown_andNobodyElse(FlagstoneProcess server) throws Exception {
    Metrics before = server.metrics();
    List<RawClient> guessers = new ArrayList<>();
    long begun = System.nanoTime();
    for (int i = 0; i < 30; i++) {
      guessers.add(connect(server).send(set(server.username(), "guess" + i)));
    }
    try (RawClient other = RawClient.connect(server.memcachePort(), "127.0.1.1")) {
      long loginBegun = System.nanoTime();
      var unused = other.login(server.username(), server.password());
      assertThat(Waiting.millisSince(loginBegun)).isLessThan(1_000);
    }
    for (RawClient guesser : guessers) {
      assertThat(guesser.textUntilClosed(Duration.ofSeconds(8))).isEqualTo(FAILURE + "\r\n");
    }
    // Three at once, then 0.1 s, 0.2 s ... up to 4 s; those beyond the bound are refused unseen.
    assertThat(Waiting.millisSince(begun)).isBetween(3_000L, 9_000L);
    Metrics after = server.metrics();
    assertThat(after.sum("flagstone_proxy_login_failures_total"))
        .isGreaterThanOrEqualTo(before.sum("flagstone_proxy_login_failures_total") + 3 + 16);
    assertThat(after.sum("flagstone_proxy_logins_throttled_total"))
        .isGreaterThan(before.sum("flagstone_proxy_logins_throttled_total"));
  }

  @Test
  void boundListener_needsNoLogin(FlagstoneProcess server) throws Exception {
    try (RawClient bound = server.connect();
        RawClient loggedIn = server.login(server.username(), server.password())) {
      assertThat(bound.exchange(set("seen", "yes"))).isEqualTo("STORED");
      assertThat(loggedIn.get("seen")).asString().isEqualTo("yes");
    }
  }

  private void assertServes(FlagstoneProcess server) throws IOException {
    try (RawClient client = connect(server)) {
      assertThat(client.exchange(set(server.username(), server.password()))).isEqualTo("STORED");
      assertThat(client.exchange("mn\r\n")).isEqualTo("MN");
    }
  }
}

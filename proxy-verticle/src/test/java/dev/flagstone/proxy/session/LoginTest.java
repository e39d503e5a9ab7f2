package dev.flagstone.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.proxy.metric.ProxyCounter;
import dev.flagstone.proxy.route.RouteLimits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {

  private static final String FAILURE = "CLIENT_ERROR authentication failure\r\n";
  private static final String WRONG = "set alice 0 0 5\r\nwrong\r\n";

  private final SessionHarness harness = new SessionHarness();

  @AfterEach
  void consistent() {
    harness.assertConsistent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set alice 0 0 14\r\nalice-password\r\n",
        "set whatever 0 0 20\r\nalice alice-password\r\n"
      })
  void eitherScheme_withTheRightPassword_opensTheCache(String login) {
    for (int split = 0; split <= login.length(); split++) {
      FakeChannel channel = harness.connect();
      harness.receive(channel, login.substring(0, split));
      assertThat(harness.exchange(channel, login.substring(split) + "get a\r\n"))
          .isEqualTo("STORED\r\nEND\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        WRONG,
        "set nobody 0 0 14\r\nalice-password\r\n",
        "set alice 0 0 0\r\n\r\n",
        "set alice 0 0 12\r\nbob-password\r\n",
        "set x 0 0 19\r\nalice bob-password!\r\n",
        "set alice 0 0 2147483646\r\n",
        "set alice 0 0 2147483647\r\n",
        "set alice 0 0 513\r\n"
      })
  void wrongLogin_isRefusedAndClosed(String login) {
    FakeChannel channel = harness.connect();
    assertThat(harness.exchange(channel, login)).isEqualTo(FAILURE);
    assertThat(channel.isClosed()).isTrue();
  }

  @Test
  void nobodyLogsIn_isClosedAfterFiveSeconds() {
    FakeChannel silent = harness.connect();
    FakeChannel slow = harness.connect();
    harness.receive(slow, "set alice 0 0 14\r\nali");
    FakeChannel in = harness.login("alice");
    harness.advance(4_999);
    assertThat(silent.isClosed()).isFalse();
    harness.advance(1);
    assertThat(silent.isClosed()).isTrue();
    assertThat(slow.isClosed()).isTrue();
    assertThat(in.isClosed()).isFalse();
    assertThat(harness.count(ProxyCounter.LOGIN_TIMEOUTS)).isEqualTo(2);
  }

  @Test
  void otherCommands_beforeTheLogin_areRefusedThreeTimesThenClosed() {
    FakeChannel channel = harness.connect();
    assertThat(harness.exchange(channel, "get a\r\n"))
        .isEqualTo("CLIENT_ERROR unauthenticated\r\n");
    assertThat(harness.exchange(channel, "version\r\n")).startsWith("VERSION ");
    harness.exchange(channel, "stats\r\n");
    assertThat(channel.isClosed()).isFalse();
    harness.exchange(channel, "flush_all\r\n");
    assertThat(channel.isClosed()).isTrue();
    assertThat(harness.shards.executedRequests()).isZero();
  }

  @Test
  void guesser_isAnsweredLaterEachTime_andTheRightPasswordAtOnce() {
    for (int i = 0; i < 3; i++) {
      assertThat(harness.exchange(harness.connect(), WRONG)).isEqualTo(FAILURE);
    }
    FakeChannel fourth = harness.connect();
    assertThat(harness.exchange(fourth, WRONG)).isEmpty();
    FakeChannel fifth = harness.connect();
    assertThat(harness.exchange(fifth, WRONG)).isEmpty();
    assertThat(harness.exchange(harness.connectFrom("127.0.0.2"), WRONG)).isEqualTo(FAILURE);
    harness.login("alice");
    harness.advance(100);
    assertThat(fourth.takeText()).isEqualTo(FAILURE);
    assertThat(fourth.isClosed()).isTrue();
    assertThat(fifth.isClosed()).isFalse();
    harness.advance(100);
    assertThat(fifth.takeText()).isEqualTo(FAILURE);
  }

  @Test
  void guesser_withManyConnections_hasOnlySoManyGuessesUnderWay() {
    List<FakeChannel> channels = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      FakeChannel channel = harness.connect();
      harness.exchange(channel, WRONG);
      channels.add(channel);
    }
    assertThat(channels.stream().filter(c -> !c.isClosed()).count()).isEqualTo(16);
    assertThat(harness.count(ProxyCounter.LOGIN_FAILURES)).isEqualTo(3 + 16);
    assertThat(harness.count(ProxyCounter.LOGINS_THROTTLED)).isEqualTo(200 - 3 - 16);
  }

  @Test
  void logins_areCountedForTheCacheThatTheyAimAt() {
    harness.exchange(harness.connect(), WRONG);
    harness.exchange(harness.connect(), "set nobody 0 0 1\r\nx\r\n");
    assertThat(harness.exchange(harness.login("alice"), "stats\r\n"))
        .contains("STAT auth_cmds 2\r\n", "STAT auth_errors 1\r\n");
  }

  @Test
  void pipelinedCommandsBehindAWrongLogin_areNotCarriedOut() {
    FakeChannel channel = harness.connect();
    assertThat(harness.exchange(channel, WRONG + "set a 0 0 1\r\nx\r\n")).isEqualTo(FAILURE);
    assertThat(harness.shards.executedRequests()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1\r\n\r\n", "POST /x HTTP/1.0\r\n", "\u0081\u0000"})
  void strangersOnThePort_areClosedWithoutAWord(String bytes) {
    FakeChannel channel = harness.connect();
    assertThat(harness.exchange(channel, bytes)).isEmpty();
    assertThat(channel.isClosed()).isTrue();
  }

  @Test
  void cacheWithAsManyConnectionsAsItMay_refusesOneMoreInItsProtocol() {
    SessionHarness limited =
        new SessionHarness(SessionLimits.DEFAULT.with(5_000, 2), RouteLimits.DEFAULT);
    FakeChannel first = limited.login("alice");
    limited.login("alice");
    FakeChannel third = limited.connect();
    assertThat(limited.exchange(third, "set alice 0 0 14\r\nalice-password\r\nget a\r\n"))
        .isEqualTo("SERVER_ERROR too many open connections\r\n");
    assertThat(third.isClosed()).isTrue();
    assertThat(limited.count(ProxyCounter.CONNECTIONS_REFUSED)).isEqualTo(1);
    assertThat(limited.login("bob").isClosed()).isFalse();
    limited.exchange(first, "quit\r\n");
    assertThat(limited.login("alice").isClosed()).isFalse();
    limited.assertConsistent();
  }
}

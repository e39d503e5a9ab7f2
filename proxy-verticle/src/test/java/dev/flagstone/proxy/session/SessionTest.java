package dev.flagstone.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.proxy.metric.ProxyCounter;
import dev.flagstone.proxy.route.RouteLimits;
import dev.flagstone.tenancy.Capability;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionTest {

  private final SessionHarness harness = new SessionHarness();

  @AfterEach
  void consistent() {
    harness.assertConsistent();
  }

  @Test
  void pipelinedCommands_answeredByShardsInAnyOrder_areAnsweredInRequestOrder() {
    FakeChannel channel = harness.connectBound(harness.first);
    for (int i = 0; i < 50; i++) {
      harness.exchange(channel, "set k" + i + " 0 0 3\r\n" + (100 + i) + "\r\n");
    }
    StringBuilder gets = new StringBuilder();
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      gets.append("get k").append(i).append("\r\n");
      expected.append("VALUE k").append(i).append(" 0 3\r\n").append(100 + i).append("\r\nEND\r\n");
    }
    harness.receive(channel, gets.toString());
    harness.endTurn();
    assertThat(harness.shards.waiting()).isEqualTo(SessionHarness.SHARDS);
    List<ModelShards.Sent> batches = new ArrayList<>();
    for (int i = 0; i < SessionHarness.SHARDS; i++) {
      batches.add(harness.shards.take());
    }
    Collections.reverse(batches);
    for (ModelShards.Sent batch : batches) {
      harness.deliver(harness.shards.execute(batch));
    }
    harness.endTurn();
    assertThat(channel.takeText()).isEqualTo(expected.toString());
  }

  @Test
  void turn_withManySessions_makesOneBatchAShardAndOneWriteASession() {
    List<FakeChannel> channels = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      FakeChannel channel = harness.connectBound(harness.first);
      channels.add(channel);
      harness.receive(channel, "get a\r\nget b\r\nget c\r\nget d\r\nget e\r\n");
    }
    harness.endTurn();
    assertThat(harness.shards.waiting()).isLessThanOrEqualTo(SessionHarness.SHARDS);
    List<ModelShards.Sent> batches = new ArrayList<>();
    while (harness.shards.waiting() > 0) {
      batches.add(harness.shards.take());
    }
    batches.forEach(batch -> harness.deliver(harness.shards.execute(batch)));
    harness.endTurn();
    assertThat(channels)
        .allSatisfy(
            channel -> {
              assertThat(channel.writes()).isEqualTo(1);
              assertThat(channel.takeText()).isEqualTo("END\r\n".repeat(5));
            });
  }

  @Test
  void caches_ofTwoCustomers_neverSeeEachOther() {
    FakeChannel alice = harness.login("alice");
    FakeChannel bob = harness.login("bob");
    assertThat(harness.exchange(alice, "set k 0 0 5\r\nalice\r\n")).isEqualTo("STORED\r\n");
    assertThat(harness.exchange(bob, "get k\r\n")).isEqualTo("END\r\n");
    assertThat(harness.exchange(bob, "set k 0 0 3\r\nbob\r\nflush_all\r\n"))
        .isEqualTo("STORED\r\nOK\r\n");
    assertThat(harness.exchange(alice, "get k\r\n")).isEqualTo("VALUE k 0 5\r\nalice\r\nEND\r\n");
  }

  @Test
  void batch_thatIsNeverAnswered_isAnsweredAsTheErrorTableSays() {
    FakeChannel channel = harness.connectBound(harness.first);
    harness.receive(
        channel,
        "get a\r\nset a 0 0 1\r\nx\r\ndelete a\r\ntouch a 0\r\nincr a 1\r\nget b c\r\nversion\r\n");
    harness.endTurn();
    while (harness.shards.poll() != null) {
      // lost
    }
    assertThat(channel.takeText()).isEmpty();
    harness.advance(RouteLimits.DEFAULT.deadlineMillis());
    assertThat(channel.takeText())
        .isEqualTo(
            "END\r\nNOT_STORED\r\n"
                + "SERVER_ERROR backend unavailable\r\n".repeat(3)
                + "END\r\nVERSION 1.6.45 flagstone/test\r\n");
    assertThat(harness.inflightRequests()).isZero();
  }

  @Test
  void reply_afterTheDeadline_isDroppedAndCounted() {
    FakeChannel channel = harness.connectBound(harness.first);
    harness.receive(channel, "get a\r\n");
    harness.endTurn();
    ModelShards.Sent late = harness.shards.take();
    harness.advance(RouteLimits.DEFAULT.deadlineMillis());
    channel.takeText();
    harness.deliver(harness.shards.execute(late));
    harness.endTurn();
    assertThat(channel.takeText()).isEmpty();
    assertThat(harness.count(ProxyCounter.LATE_REPLIES)).isEqualTo(1);
    assertThat(harness.exchange(channel, "get a\r\n")).isEqualTo("END\r\n");
  }

  @Test
  void client_thatTakesNoReplies_isReadNoFurtherAndThenClosed() {
    FakeChannel channel = harness.connectBound(harness.first);
    harness.exchange(channel, "set a 0 0 1\r\nx\r\n");
    channel.session().writable(false);
    harness.receive(channel, "get a\r\n".repeat(20_000));
    harness.settle();
    assertThat(channel.isReading()).isFalse();
    assertThat(channel.takeText()).isEmpty();
    harness.advance(SessionLimits.DEFAULT.stalledMillis());
    assertThat(channel.isClosed()).isTrue();
    assertThat(harness.count(ProxyCounter.SLOW_READERS)).isEqualTo(1);
  }

  @Test
  void client_thatTakesItsRepliesLate_getsThemAll() {
    FakeChannel channel = harness.connectBound(harness.first);
    harness.exchange(channel, "set a 0 0 1\r\nx\r\n");
    channel.session().writable(false);
    harness.receive(channel, "get a\r\n".repeat(20_000));
    harness.settle();
    channel.session().writable(true);
    harness.settle();
    assertThat(channel.takeText()).isEqualTo("VALUE a 0 1\r\nx\r\nEND\r\n".repeat(20_000));
    assertThat(channel.isReading()).isTrue();
    harness.advance(SessionLimits.DEFAULT.stalledMillis());
    assertThat(channel.isClosed()).isFalse();
  }

  @Test
  void multigetOfTenThousandKeys_keepsItsWindow_andAnswersAll() {
    FakeChannel channel = harness.connectBound(harness.first);
    StringBuilder command = new StringBuilder("get");
    for (int i = 0; i < 10_000; i++) {
      command.append(" key").append(i);
    }
    harness.receive(channel, command.append("\r\n").toString());
    harness.endTurn();
    assertThat(harness.inflightRequests())
        .isLessThanOrEqualTo(SessionLimits.DEFAULT.maxInflightRequests());
    harness.settle();
    assertThat(channel.takeText()).isEqualTo("END\r\n");
    assertThat(harness.shards.executedRequests()).isEqualTo(10_000);
  }

  @Test
  void largeValues_narrowTheWindow() {
    FakeChannel channel = harness.connectBound(harness.first);
    String value = "v".repeat(1 << 19);
    harness.exchange(channel, "set a 0 0 " + value.length() + "\r\n" + value + "\r\n");
    harness.exchange(channel, "get a\r\n");
    harness.receive(channel, "get a\r\n".repeat(500));
    harness.endTurn();
    assertThat(harness.inflightRequests()).isLessThanOrEqualTo(4);
    harness.settle();
    assertThat(channel.takeOutput().length).isEqualTo(500 * (value.length() + 25));
  }

  @Test
  void credits_usedUp_shedsReadsAsMissesAndStoresAsNotStored() {
    RouteLimits tight = new RouteLimits(2, 1024, 4, 2, 1024, 1_000);
    SessionHarness small = new SessionHarness(SessionLimits.DEFAULT, tight);
    FakeChannel channel = small.connectBound(small.first);
    small.receive(channel, "get a\r\n".repeat(10) + "set a 0 0 1\r\nx\r\n");
    small.settle();
    assertThat(channel.takeText()).isEqualTo("END\r\n".repeat(10) + "NOT_STORED\r\n");
    assertThat(small.count(ProxyCounter.SHED_REQUESTS)).isGreaterThan(0);
  }

  @Test
  void quit_behindPipelinedCommands_answersThemAndCloses() {
    FakeChannel channel = harness.connectBound(harness.first);
    harness.receive(channel, "set a 0 0 1\r\nx\r\nget a\r\nquit\r\nget a\r\n");
    harness.settle();
    assertThat(channel.takeText()).isEqualTo("STORED\r\nVALUE a 0 1\r\nx\r\nEND\r\n");
    assertThat(channel.isClosed()).isTrue();
  }

  @Test
  void halfClose_behindPipelinedCommands_answersThemAndCloses() {
    FakeChannel channel = harness.connectBound(harness.first);
    harness.receive(channel, "get a\r\n".repeat(3_000));
    channel.session().inputClosed();
    harness.settle();
    assertThat(channel.takeText()).isEqualTo("END\r\n".repeat(3_000));
    assertThat(channel.isClosed()).isTrue();
  }

  @Test
  void connection_lostWithRepliesUnderWay_leavesNothingBehind() {
    FakeChannel channel = harness.connectBound(harness.first);
    harness.receive(channel, "get a\r\nget b\r\nget c\r\nget d\r\n");
    harness.endTurn();
    channel.abort();
    harness.settle();
    assertThat(harness.inflightRequests()).isZero();
    assertThat(harness.metrics.openConnections()).isZero();
  }

  @Test
  void stats_tellTheCachesOwnNumbersOnly() {
    FakeChannel alice = harness.login("alice");
    FakeChannel bob = harness.login("bob");
    harness.exchange(alice, "set a 0 0 1\r\nx\r\nget a\r\nget b\r\n");
    assertThat(harness.exchange(alice, "stats\r\n"))
        .contains("STAT cmd_get 2\r\n", "STAT get_hits 1\r\n", "STAT curr_items 1\r\n")
        .contains("STAT curr_connections 1\r\n", "STAT limit_maxbytes 67108864\r\n")
        .endsWith("END\r\n");
    assertThat(harness.exchange(bob, "stats\r\n"))
        .contains("STAT cmd_get 0\r\n", "STAT curr_items 0\r\n");
    assertThat(harness.exchange(alice, "stats reset\r\nstats\r\n"))
        .startsWith("RESET\r\n")
        .contains("STAT cmd_get 0\r\n", "STAT curr_items 1\r\n");
  }

  @Test
  void readOnlyCredential_storesNothingAndFlushesNothing() {
    FakeChannel carol = harness.login("carol");
    assertThat(
            harness.exchange(
                carol, "set a 0 0 1\r\nx\r\ndelete a\r\nincr a 1\r\nflush_all\r\nget a\r\n"))
        .isEqualTo(
            "NOT_STORED\r\n"
                + "CLIENT_ERROR write capability required\r\n".repeat(2)
                + "CLIENT_ERROR flush capability required\r\nEND\r\n");
  }

  @Test
  void credential_removed_closesItsSessionsAndNoOther() {
    FakeChannel alice = harness.login("alice");
    FakeChannel bob = harness.login("bob");
    harness.replaceTenants(harness.second);
    assertThat(alice.isClosed()).isTrue();
    assertThat(harness.exchange(bob, "version\r\n")).startsWith("VERSION");
  }

  @Test
  void credential_thatLosesItsCapabilities_losesThemInLiveSessions() {
    FakeChannel alice = harness.login("alice");
    assertThat(harness.exchange(alice, "set a 0 0 1\r\nx\r\n")).isEqualTo("STORED\r\n");
    harness.replaceTenants(
        SessionHarness.cache(1, "first", "alice", EnumSet.noneOf(Capability.class)));
    assertThat(harness.exchange(alice, "set a 0 0 1\r\ny\r\n")).isEqualTo("NOT_STORED\r\n");
  }
}

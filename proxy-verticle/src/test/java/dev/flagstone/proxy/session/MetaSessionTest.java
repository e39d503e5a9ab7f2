package dev.flagstone.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.proxy.route.RouteLimits;
import dev.flagstone.tenancy.Capability;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Meta commands through sessions: capabilities, lost batches, and a client without patience. */
class MetaSessionTest {

  private final SessionHarness harness = new SessionHarness();

  @AfterEach
  void assertConsistent() {
    harness.assertConsistent();
  }

  @Test
  void batch_thatIsNeverAnswered_isAnsweredAsTheErrorTableSays() {
    FakeChannel channel = harness.connectBound(harness.first);
    harness.receive(
        channel, "mg a k O1 v\r\nmg b q\r\nms a 1 O2\r\nx\r\nmd a q O3\r\nma a\r\nme a\r\nmn\r\n");
    harness.endTurn();
    while (harness.shards.poll() != null) {
      // lost
    }
    assertThat(channel.takeText()).isEmpty();
    harness.advance(RouteLimits.DEFAULT.deadlineMillis());
    assertThat(channel.takeText())
        .isEqualTo(
            "EN ka O1\r\nNS O2\r\n"
                + "SERVER_ERROR backend unavailable\r\n".repeat(2)
                + "EN\r\nMN\r\n");
  }

  @Test
  void readOnlyCredential_readsAndChangesNothing() {
    FakeChannel channel = harness.login("carol");
    String denied = "CLIENT_ERROR write capability required\r\n";
    assertThat(
            harness.exchange(
                channel,
                String.join(
                    "\r\n",
                    "ms a 1 q k",
                    "x",
                    "md a q",
                    "ma a N0",
                    "mg a N30",
                    "mg a R30 q",
                    "mg a T30",
                    "mg a v k",
                    "me a",
                    "mn",
                    "")))
        .isEqualTo("NS ka\r\n" + denied.repeat(5) + "EN ka\r\nEN\r\nMN\r\n");
  }

  @Test
  void readOnlyCredential_doesNotWinWhatItCouldNotRenew() {
    FakeChannel writer = harness.connectBound(harness.first);
    harness.exchange(writer, "ms a 1\r\nx\r\nmd a I\r\n");
    harness.replaceTenants(
        SessionHarness.cache(1, "first", "alice", EnumSet.noneOf(Capability.class)));
    FakeChannel reader = harness.login("alice");
    assertThat(harness.exchange(reader, "mg a v\r\nmg a v\r\n"))
        .isEqualTo("VA 1 X\r\nx\r\n".repeat(2));
    assertThat(harness.exchange(writer, "mg a v\r\n")).isEqualTo("VA 1 X W\r\nx\r\n");
  }

  @Test
  void metaBeforeLogin_isUnauthenticated() {
    FakeChannel channel = harness.connect();
    assertThat(harness.exchange(channel, "mg a\r\n")).isEqualTo("CLIENT_ERROR unauthenticated\r\n");
  }

  @Test
  void manyQuietReads_endWithNoop_inTheirOrder() {
    FakeChannel channel = harness.connectBound(harness.first);
    StringBuilder requests = new StringBuilder();
    StringBuilder answers = new StringBuilder();
    for (int i = 0; i < 2_000; i++) {
      if (i % 3 == 0) {
        harness.exchange(channel, "ms key" + i + " 1 q\r\nx\r\n");
        answers.append("VA 1 kkey").append(i).append(" O").append(i).append("\r\nx\r\n");
      }
      requests.append("mg key").append(i).append(" k q v O").append(i).append("\r\n");
    }
    assertThat(harness.exchange(channel, requests + "mn\r\n")).isEqualTo(answers + "MN\r\n");
  }

  @Test
  void sameKey_byTextAndMeta_isTheSameItem() {
    FakeChannel channel = harness.login("alice");
    assertThat(
            harness.exchange(channel, "set k 5 0 1\r\nx\r\nmg k v f\r\nget k\r\nmd k\r\nget k\r\n"))
        .isEqualTo("STORED\r\nVA 1 f5\r\nx\r\nVALUE k 5 1\r\nx\r\nEND\r\nHD\r\nEND\r\n");
  }
}

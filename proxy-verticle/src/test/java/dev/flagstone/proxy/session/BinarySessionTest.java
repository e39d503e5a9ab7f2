package dev.flagstone.proxy.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.proxy.metric.ProxyCounter;
import dev.flagstone.proxy.route.RouteLimits;
import dev.flagstone.testing.Packet;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What binary sessions do that no transcript can tell. */
class BinarySessionTest {

  private static final String WRONG = "sasl-auth key=PLAIN value=\\0alice\\0wrong";
  private static final String FAILURE = "sasl-auth auth-failure";

  /** A command of every kind, by how the error table treats it; a quiet one for each loud one. */
  private static final String[] READS = {"get key=a", "getk key=a", "getq key=a", "getkq key=a"};

  private static final String[] STORES = {
    "set flags=0 exptime=0 key=a value=x",
    "setq flags=0 exptime=0 key=a value=x",
    "set flags=0 exptime=0 key=a value=x cas=5",
    "add flags=0 exptime=0 key=a value=x",
    "replaceq flags=0 exptime=0 key=a value=x",
    "append key=a value=x",
    "prependq key=a value=x",
  };

  private static final String[] CHANGES = {
    "delete key=a",
    "deleteq key=a",
    "touch exptime=0 key=a",
    "increment delta=1 initial=1 exptime=0 key=a",
    "decrementq delta=1 initial=1 exptime=0xffffffff key=a",
  };

  private final SessionHarness harness = new SessionHarness();

  @AfterEach
  void consistent() {
    harness.assertConsistent();
  }

  private static byte[] requests(String... packets) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String packet : packets) {
      bytes.writeBytes(Packet.request(packet));
    }
    return bytes.toByteArray();
  }

  private static byte[] responses(String... packets) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String packet : packets) {
      bytes.writeBytes(Packet.response(packet));
    }
    return bytes.toByteArray();
  }

  /** The same failure for each request. */
  private static byte[] failures(String[] requests, String failure) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String request : requests) {
      String name = request.substring(0, request.indexOf(' '));
      bytes.writeBytes(Packet.response(name + " " + failure));
    }
    return bytes.toByteArray();
  }

  private FakeChannel login(String username) {
    FakeChannel channel = harness.connect();
    String message = "\\0" + username + "\\0" + username + "-password";
    assertThat(harness.exchange(channel, requests("sasl-auth key=PLAIN value=" + message)))
        .isEqualTo(responses("sasl-auth value=Authenticated"));
    return channel;
  }

  /** Sends to a session whose batches are all lost. */
  private byte[] unanswered(String... packets) {
    FakeChannel channel = harness.connectBound(harness.first);
    harness.receive(channel, requests(packets));
    harness.endTurn();
    while (harness.shards.poll() != null) {
      // lost
    }
    harness.advance(RouteLimits.DEFAULT.deadlineMillis());
    return channel.takeOutput();
  }

  @Test
  void backendGone_readsAreMisses() {
    assertThat(unanswered(READS)).isEqualTo(responses("get not-found", "getk not-found key=a"));
    assertThat(unanswered("gat exptime=0 key=a", "gatkq exptime=0 key=a"))
        .isEqualTo(responses("gat not-found"));
  }

  @Test
  void backendGone_storesAreNotStored() {
    assertThat(unanswered(STORES)).isEqualTo(failures(STORES, "not-stored"));
  }

  @Test
  void backendGone_changesAre0x05() {
    String failure = "status=0x05 value=Backend\\x20unavailable";
    assertThat(unanswered(CHANGES)).isEqualTo(failures(CHANGES, failure));
    assertThat(unanswered("flush", "flushq", "stat", "stat key=reset"))
        .isEqualTo(
            responses(
                "flush " + failure, "flushq " + failure, "stat " + failure, "stat " + failure));
  }

  @Test
  void readOnlyCredential_readsAndNothingElse() {
    FakeChannel carol = login("carol");
    String denied = "status=0x05 value=Write\\x20capability\\x20required";
    assertThat(harness.exchange(carol, requests(READS)))
        .isEqualTo(responses("get not-found", "getk not-found key=a"));
    assertThat(harness.exchange(carol, requests(STORES))).isEqualTo(failures(STORES, denied));
    assertThat(harness.exchange(carol, requests(CHANGES))).isEqualTo(failures(CHANGES, denied));
    assertThat(harness.exchange(carol, requests("gat exptime=0 key=a", "gatkq exptime=0 key=a")))
        .isEqualTo(responses("gat " + denied, "gatkq " + denied));
    assertThat(harness.shards.executedRequests()).isEqualTo(READS.length);
  }

  @Test
  void readOnlyCredential_tooLargeSet_removesNothing() {
    FakeChannel carol = login("carol");
    byte[] large = requests("set flags=0 exptime=0 key=a value=\\{1048576*x}");
    assertThat(harness.exchange(carol, large)).isEqualTo(responses("set too-large"));
    assertThat(harness.shards.executedRequests()).isZero();
  }

  @Test
  void credentialWithoutFlush_doesNotFlush() {
    String denied = "status=0x05 value=Flush\\x20capability\\x20required";
    assertThat(harness.exchange(login("carol"), requests("flush", "flushq delay=5")))
        .isEqualTo(responses("flush " + denied, "flushq " + denied));
  }

  @Test
  void session_thatHasLoggedIn_isNeverTold0x20() {
    FakeChannel carol = login("carol");
    for (int code = 0; code < 256; code++) {
      if (code == 0x07 || code == 0x17) {
        continue;
      }
      for (String rest :
          new String[] {"", " key=a", " extras=\\{4*\\x00} key=a", " key=a value=x"}) {
        byte[] bytes = harness.exchange(carol, requests("0x" + Integer.toHexString(code) + rest));
        assertThat(bytes.length == 0 || bytes[7] != 0x20).as("%x%s", code, rest).isTrue();
      }
    }
    assertThat(carol.isClosed()).isFalse();
  }

  @Test
  void binaryAndTextSessions_ofOneCache_seeTheSameItems() {
    FakeChannel binary = login("alice");
    FakeChannel text = harness.login("alice");
    harness.exchange(binary, requests("setq flags=7 exptime=0 key=a value=x"));
    assertThat(harness.exchange(text, "get a\r\nincr n 1\r\n"))
        .isEqualTo("VALUE a 7 1\r\nx\r\nEND\r\nNOT_FOUND\r\n");
    harness.exchange(binary, requests("incrementq delta=1 initial=5 exptime=0 key=n"));
    assertThat(harness.exchange(text, "incr n 1\r\n")).isEqualTo("6\r\n");
    FakeChannel bob = login("bob");
    assertThat(harness.exchange(bob, requests("get key=a"))).isEqualTo(responses("get not-found"));
  }

  @Test
  void stat_isAPacketANumber_andAnEmptyOneBehindThem() {
    FakeChannel alice = login("alice");
    harness.exchange(alice, requests("setq flags=0 exptime=0 key=a value=x"));
    byte[] answer = harness.exchange(alice, requests("stat", "noop"));
    String text = new String(answer, ISO_8859_1);
    assertThat(text)
        .contains(text(responses("stat key=curr_items value=1")))
        .contains(text(responses("stat key=version value=1.6.45\\x20flagstone/test")))
        .endsWith(text(responses("stat", "noop")));
    assertThat(text(harness.exchange(alice, requests("stat key=settings"))))
        .contains(text(responses("stat key=item_size_max value=1048576")));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  @Test
  void guesser_isAnsweredLaterEachTime_andNothingBehindIsCarriedOut() {
    for (int i = 0; i < 3; i++) {
      assertThat(harness.exchange(harness.connect(), requests(WRONG)))
          .isEqualTo(responses(FAILURE));
    }
    FakeChannel fourth = harness.connect();
    String right = "sasl-step key=PLAIN value=\\0alice\\0alice-password";
    assertThat(harness.exchange(fourth, requests(WRONG, right, "get key=a"))).isEmpty();
    harness.advance(100);
    assertThat(fourth.takeOutput()).isEqualTo(responses(FAILURE));
    assertThat(fourth.isClosed()).isTrue();
    assertThat(harness.shards.executedRequests()).isZero();
    login("alice");
    assertThat(harness.count(ProxyCounter.LOGIN_FAILURES)).isEqualTo(4);
  }

  @Test
  void guesser_withManyConnections_isRefusedUnseen() {
    for (int i = 0; i < 3 + 16; i++) {
      harness.exchange(harness.connect(), requests(WRONG));
    }
    FakeChannel channel = harness.connect();
    assertThat(harness.exchange(channel, requests(WRONG))).isEqualTo(responses(FAILURE));
    assertThat(channel.isClosed()).isTrue();
    assertThat(harness.count(ProxyCounter.LOGINS_THROTTLED)).isEqualTo(1);
  }

  @Test
  void slowLogin_isClosedWithoutAWord() {
    FakeChannel slow = harness.connect();
    harness.receive(slow, requests("sasl-list", "sasl-auth key-length=5 body-length=20"));
    harness.settle();
    assertThat(slow.takeOutput()).isEqualTo(responses("sasl-list value=PLAIN"));
    harness.advance(5_000);
    assertThat(slow.takeOutput()).isEmpty();
    assertThat(slow.isClosed()).isTrue();
  }
}

package dev.flagstone.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.bus.Frame;
import dev.flagstone.proxy.route.RouteLimits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random clients against shards that answer late, out of order between shards, or never.
 *
 * <p>Invariants: RepliesInRequestOrder, OneReplyPerRequest, NoCrossCacheRead, InflightBounded.
 */
class SessionSimulationTest {

  private static final int RUNS = 300;

  /** A client that knows what it has asked and checks each reply as it comes. */
  private static final class Client {

    final FakeChannel channel;
    final String cache;
    final ArrayDeque<String> asked = new ArrayDeque<>();
    String unread = "";

    Client(FakeChannel channel, String cache) {
      this.channel = channel;
      this.cache = cache;
    }

    String ask(Random random) {
      String key = "k" + random.nextInt(40);
      if (random.nextInt(3) == 0) {
        String value = cache + ":" + key;
        asked.add("set");
        return "set " + key + " 0 0 " + value.length() + "\r\n" + value + "\r\n";
      }
      asked.add(key);
      return "get " + key + "\r\n";
    }

    void check() {
      unread += channel.takeText();
      while (!unread.isEmpty()) {
        String question = asked.peek();
        assertThat(question).as("a reply that nobody asked for: %s", unread).isNotNull();
        int end = unread.indexOf("\r\n");
        String line = unread.substring(0, end);
        int taken = end + 2;
        if (question.equals("set")) {
          assertThat(line).isIn("STORED", "NOT_STORED");
        } else if (!line.equals("END")) {
          String value = cache + ":" + question;
          String whole =
              "VALUE " + question + " 0 " + value.length() + "\r\n" + value + "\r\nEND\r\n";
          assertThat(unread).startsWith(whole);
          taken = whole.length();
        }
        unread = unread.substring(taken);
        asked.remove();
      }
    }
  }

  @Test
  void randomClients_onUnreliableShards_keepTheInvariants() {
    for (long seed = 1; seed <= RUNS; seed++) {
      try {
        run(new Random(seed));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private static void run(Random random) {
    SessionHarness harness = new SessionHarness();
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      clients.add(new Client(harness.connectBound(harness.first), "first"));
      clients.add(new Client(harness.connectBound(harness.second), "second"));
    }
    List<ArrayDeque<Frame>> answers = new ArrayList<>();
    for (int i = 0; i < SessionHarness.SHARDS; i++) {
      answers.add(new ArrayDeque<>());
    }
    for (int step = 0; step < 300; step++) {
      switch (random.nextInt(6)) {
        case 0, 1 -> askSome(harness, clients.get(random.nextInt(clients.size())), random);
        case 2 -> harness.endTurn();
        case 3 -> executeOrLose(harness, answers, random);
        case 4 -> {
          Frame frame = answers.get(random.nextInt(answers.size())).poll();
          if (frame != null) {
            harness.deliver(frame);
          }
        }
        default -> harness.advance(random.nextInt(200));
      }
      assertThat(harness.inflightRequests())
          .isLessThanOrEqualTo(clients.size() * SessionLimits.DEFAULT.maxInflightRequests());
      clients.forEach(Client::check);
      harness.assertConsistent();
    }
    harness.settle();
    harness.advance(RouteLimits.DEFAULT.deadlineMillis());
    harness.settle();
    clients.forEach(Client::check);
    assertThat(clients).allSatisfy(client -> assertThat(client.asked).isEmpty());
    assertThat(harness.inflightRequests()).isZero();
  }

  private static void askSome(SessionHarness harness, Client client, Random random) {
    StringBuilder text = new StringBuilder();
    int count = 1 + random.nextInt(30);
    for (int i = 0; i < count; i++) {
      text.append(client.ask(random));
    }
    int split = random.nextInt(text.length());
    harness.receive(client.channel, text.substring(0, split));
    harness.receive(client.channel, text.substring(split));
  }

  private static void executeOrLose(
      SessionHarness harness, List<ArrayDeque<Frame>> answers, Random random) {
    ModelShards.Sent sent = harness.shards.poll();
    if (sent == null) {
      return;
    }
    switch (random.nextInt(10)) {
      case 0 -> {} // the batch is lost
      case 1 -> harness.shards.execute(sent); // its reply is lost
      case 2 -> sent.undeliverable().accept(sent.batch().batchId());
      default -> answers.get(sent.shard().index()).add(harness.shards.execute(sent));
    }
  }
}

package dev.flagstone.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.e2e.kit.CommandLine;
import dev.flagstone.e2e.kit.FlagstoneProcess;
import dev.flagstone.e2e.kit.RawClient;
import dev.flagstone.e2e.kit.SharedServer;
import dev.flagstone.protocol.text.TextDecoder;
import dev.flagstone.protocol.text.TextEncoder;
import dev.flagstone.testing.CodecTarget;
import dev.flagstone.testing.Property;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two caches under the same keys: neither sees the other's items, statistics or flushes. */
@ExtendWith(SharedServer.class)
final class IsolationTest {

  private static final int ROUNDS = 400;
  private static final int COMMANDS_PER_ROUND = 50;
  private static final int KEYS = 40;

  /** One cache: a session of it, and a model that only its own commands reach. */
  private static final class Side {

    private final RawClient client;
    private final CodecTarget model = new CodecTarget(new TextDecoder(), new TextEncoder("1"));
    private long gets;
    private long flushes;

    Side(RawClient client) {
      this.client = client;
    }

    /** Sends commands, and compares what is answered with what the model answers. */
    void round(Random random) throws Exception {
      StringBuilder commands = new StringBuilder();
      for (int i = 0; i < COMMANDS_PER_ROUND; i++) {
        commands.append(command(random));
      }
      byte[] sent = commands.toString().getBytes(ISO_8859_1);
      byte[] expected = model.send(sent);
      client.send(sent);
      assertThat(client.text(expected.length)).isEqualTo(new String(expected, ISO_8859_1));
    }

    private String command(Random random) {
      String key = "k" + random.nextInt(KEYS);
      String value = Integer.toString(random.nextInt(1_000_000));
      String store = " " + key + " " + random.nextInt(100) + " 0 " + value.length();
      String block = "\r\n" + value + "\r\n";
      return switch (random.nextInt(40)) {
        case 0, 1, 2, 3, 4, 5, 6, 7 -> "set" + store + block;
        case 8, 9 -> "add" + store + block;
        case 10, 11 -> "replace" + store + block;
        case 12 -> "append" + store + block;
        case 13 -> "prepend" + store + block;
        case 14 -> "set" + store + " noreply" + block;
        case 15, 16, 17 -> "delete " + key + "\r\n";
        case 18 -> "incr " + key + " " + random.nextInt(100) + "\r\n";
        case 19 -> "decr " + key + " " + random.nextInt(100) + "\r\n";
        case 20 -> "touch " + key + " " + (random.nextBoolean() ? -1 : 0) + "\r\n";
        case 21 -> flush(random);
        default -> get(random, key);
      };
    }

    private String flush(Random random) {
      if (random.nextInt(10) > 0) {
        return "mn\r\n";
      }
      flushes++;
      return "flush_all\r\n";
    }

    private String get(Random random, String key) {
      gets += 2;
      return "get " + key + " k" + random.nextInt(KEYS) + "\r\n";
    }

    void assertStatistics() throws Exception {
      assertThat(client.stat("curr_items")).isEqualTo(model.cache().size());
      assertThat(client.stat("cmd_get")).isEqualTo(gets);
      assertThat(client.stat("cmd_flush")).isEqualTo(flushes);
      assertThat(client.stat("curr_connections")).isEqualTo(1);
    }
  }

  @Test
  void twoCaches_underRandomCommandsWithTheSameKeys_neverSeeEachOther(FlagstoneProcess server)
      throws Exception {
    CommandLine flagstone = new CommandLine(server.data());
    try (RawClient one = server.awaitLogin(flagstone.createCache("one", "16m"));
        RawClient two = server.awaitLogin(flagstone.createCache("two", "16m"))) {
      Property.holds(1, random -> holds(new Side(one), new Side(two), random));
    } finally {
      flagstone.deleteCache("one");
      flagstone.deleteCache("two");
    }
  }

  private static void holds(Side one, Side two, Random random) throws Exception {
    for (int i = 1; i <= ROUNDS; i++) {
      (random.nextBoolean() ? one : two).round(random);
      if (i % 50 == 0) {
        one.assertStatistics();
        two.assertStatistics();
      }
    }
    assertThat(one.client.exchange("set mine 0 0 1\r\nx\r\n")).isEqualTo("STORED");
    assertThat(two.client.exchange("flush_all\r\n")).isEqualTo("OK");
    assertThat(two.client.exchange("stats reset\r\n")).isEqualTo("RESET");
    assertThat(one.client.get("mine")).asString().isEqualTo("x");
    assertThat(two.client.get("mine")).isNull();
    assertThat(one.client.stat("cmd_get")).isEqualTo(one.gets + 1);
    assertThat(two.client.stat("curr_items")).isZero();
  }
}

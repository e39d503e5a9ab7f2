package dev.flagstone.datanode.execute;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.command.ItemCommand;
import dev.flagstone.command.ItemReply;
import dev.flagstone.command.StatCounter;
import dev.flagstone.command.Status;
import dev.flagstone.command.Verb;
import dev.flagstone.datanode.testing.AlwaysConsistent;
import dev.flagstone.datanode.testing.TestNode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random commands in caches that are full all the time: any item may be gone, but what is there is
 * right, wherever eviction and evacuation have moved it.
 */
class PressureTest {

  private static final int COMMANDS = 40_000;
  private static final int KEYS = 3000;

  @RegisterExtension private final AlwaysConsistent consistent = new AlwaysConsistent();

  private final Map<String, byte[]> model = new HashMap<>();
  private SplittableRandom random = new SplittableRandom();

  @ParameterizedTest
  @CsvSource({"1, 8", "2, 8", "3, 32", "4, 32"})
  void values_underPressure_areGoneOrRight(long seed, int mebibytes) {
    random = new SplittableRandom(seed);
    long memory = (long) mebibytes << 20;
    TestNode node = consistent.node(memory, 2).cache(1, memory).cache(2, memory / 2);
    int hits = 0;
    for (int i = 0; i < COMMANDS; i++) {
      // Sizes change from small to large and back, so that pages have to change their class.
      int largest = (i / 4000) % 2 == 0 ? 400 : 30_000;
      hits += step(node, largest, "seed " + seed + ", command " + i) ? 1 : 0;
      if (i % 16 == 0) {
        node.turn();
      }
      if (i % 2000 == 0) {
        node.assertConsistent();
      }
      if (i == COMMANDS / 2) {
        node.cache(1, memory * 3 / 8);
        node.turn();
      }
    }
    assertThat(hits).isGreaterThan(COMMANDS / 50);
    assertThat(node.stat(1, StatCounter.EVICTIONS)).isPositive();
    // In 8 MiB, an item of 1 MiB is more than what half-filled pages and other shards leave at
    // times.
    if (mebibytes > 8) {
      assertThat(node.stat(1, StatCounter.OUT_OF_MEMORY)).isZero();
      assertThat(node.stat(2, StatCounter.OUT_OF_MEMORY)).isZero();
    }
  }

  private boolean step(TestNode node, int largest, String where) {
    int cache = 1 + random.nextInt(2);
    String name = "key" + random.nextInt(KEYS);
    String path = cache + ":" + name;
    byte[] key = name.getBytes(ISO_8859_1);
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> {
        byte[] value = value(random.nextInt(1 + random.nextInt(largest)));
        ItemCommand command = node.command(Verb.SET);
        command.flags = random.nextInt(2);
        if (random.nextInt(200) == 0) {
          value = value(1_000_000);
        }
        Status status = node.execute(cache, key, value).status;
        assertThat(status).as(where).isIn(Status.STORED, Status.OUT_OF_MEMORY);
        model.put(path, status == Status.STORED ? value : new byte[0]);
        if (status != Status.STORED) {
          model.remove(path);
        }
      }
      case 3 -> {
        byte[] tail = value(random.nextInt(300));
        node.command(Verb.APPEND);
        if (node.execute(cache, key, tail).status == Status.STORED) {
          byte[] old = model.get(path);
          assertThat(old).as(where).isNotNull();
          byte[] joined = Arrays.copyOf(old, old.length + tail.length);
          System.arraycopy(tail, 0, joined, old.length, tail.length);
          model.put(path, joined);
        }
      }
      case 4 -> {
        node.command(Verb.TOUCH).exptime = 1000;
        node.execute(cache, key, new byte[0]);
      }
      default -> {
        node.command(Verb.GET).modifiers = ItemCommand.WANT_VALUE;
        ItemReply reply = node.execute(cache, key, new byte[0]);
        if (reply.status == Status.HIT) {
          assertThat(Arrays.equals(node.value(), model.get(path))).as(where).isTrue();
          return true;
        }
      }
    }
    return false;
  }

  private byte[] value(int length) {
    byte[] value = new byte[length];
    Arrays.fill(value, (byte) random.nextInt());
    for (int i = 0; i < length; i += 97) {
      value[i] = (byte) random.nextInt();
    }
    return value;
  }
}

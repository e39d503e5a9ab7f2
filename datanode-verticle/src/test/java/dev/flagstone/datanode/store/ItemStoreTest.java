package dev.flagstone.datanode.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.command.ItemCommand;
import dev.flagstone.command.StatCounter;
import dev.flagstone.command.StatsTopic;
import dev.flagstone.command.Status;
import dev.flagstone.command.Verb;
import dev.flagstone.datanode.testing.AlwaysConsistent;
import dev.flagstone.datanode.testing.TestNode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ItemStoreTest {

  private static final int CACHE = 1;
  private static final int OTHER = 2;

  @RegisterExtension private final AlwaysConsistent consistent = new AlwaysConsistent();

  private enum Sizes {
    FIXED,
    UNIFORM,
    LOG_UNIFORM;

    private int next(SplittableRandom random, int largest) {
      return switch (this) {
        case FIXED -> largest;
        case UNIFORM -> 1 + random.nextInt(largest);
        case LOG_UNIFORM -> (int) Math.exp(random.nextDouble() * Math.log(largest));
      };
    }
  }

  private static byte[] key(long number) {
    return Long.toString(number).getBytes(ISO_8859_1);
  }

  private static byte[] bytes(int length, long seed) {
    byte[] bytes = new byte[length];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) random.nextInt();
    }
    return bytes;
  }

  private static byte[] read(TestNode node, byte[] key) {
    node.command(Verb.GET).modifiers = ItemCommand.WANT_VALUE;
    assertThat(node.execute(CACHE, key, new byte[0]).status).isEqualTo(Status.HIT);
    return node.value();
  }

  @Test
  void values_aroundEveryPieceBoundary_comeBack() {
    TestNode node = consistent.node(16 << 20, 1).cache(CACHE, 12 << 20);
    int largest = 16384 / 12 & -8;
    byte[] key = key(12345);
    int firstPiece = largest - 25 - 4 - key.length;
    for (int pieces = 0; pieces < 6; pieces++) {
      int boundary = firstPiece + pieces * (largest - 12);
      for (int length = boundary - 14; length <= boundary + 14; length++) {
        byte[] value = bytes(length, length);
        assertThat(node.set(CACHE, key, value)).isEqualTo(Status.STORED);
        assertThat(read(node, key)).isEqualTo(value);
      }
    }
  }

  @Test
  void overwrites_ofAnySizeByAnyOther_comeBack() {
    TestNode node = consistent.node(16 << 20, 1).cache(CACHE, 12 << 20);
    SplittableRandom random = new SplittableRandom(3);
    byte[] key = key(1);
    for (int i = 0; i < 5000; i++) {
      byte[] value = bytes(random.nextInt(1 << random.nextInt(16)), i);
      ItemCommand command = node.command(Verb.SET);
      command.flags = random.nextInt(2);
      command.exptime = random.nextInt(2) * 1000;
      assertThat(node.execute(CACHE, key, value).status).isEqualTo(Status.STORED);
      assertThat(read(node, key)).isEqualTo(value);
    }
    assertThat(node.stat(CACHE, StatCounter.CURR_ITEMS)).isEqualTo(1);
    assertThat(node.stat(CACHE, StatsTopic.ITEMS, StatCounter.CLASS_ITEMS)).isEqualTo(1);
  }

  @Test
  void index_growingAndShrinking_losesNothing() {
    TestNode node = consistent.node(32 << 20, 2).cache(CACHE, 32 << 20);
    int count = 200_000;
    for (int i = 0; i < count; i++) {
      node.set(CACHE, key(i), key(i));
    }
    node.assertConsistent();
    assertThat(node.stat(CACHE, StatCounter.CURR_ITEMS)).isEqualTo(count);
    long held = node.store(0).heldBytes();
    for (int i = 0; i < count; i++) {
      if (i % 16 != 0) {
        node.command(Verb.DELETE);
        assertThat(node.execute(CACHE, key(i), new byte[0]).status).isEqualTo(Status.DELETED);
      }
    }
    for (int i = 0; i < 5000; i++) {
      node.turn();
    }
    for (int i = 0; i < count; i++) {
      assertThat(node.hit(CACHE, key(i))).isEqualTo(i % 16 == 0);
    }
    assertThat(node.stat(CACHE, StatCounter.EVICTIONS)).isZero();
    assertThat(node.store(0).heldBytes()).isLessThan(held);
  }

  @ParameterizedTest
  @CsvSource({
    "64, FIXED, 1",
    "64, UNIFORM, 100",
    "64, UNIFORM, 1000",
    "64, UNIFORM, 16384",
    "256, FIXED, 1048000",
    "256, UNIFORM, 1048000",
    "256, LOG_UNIFORM, 1048000",
  })
  void eviction_untilNinetySevenPercent_doesNotBegin(int mebibytes, Sizes sizes, int largest) {
    long quota = (long) mebibytes << 20;
    TestNode node = consistent.node(quota, 2).cache(CACHE, quota);
    SplittableRandom random = new SplittableRandom(largest);
    byte[] value = new byte[largest];
    long used = 0;
    for (int i = 0; node.stat(CACHE, StatCounter.EVICTIONS) == 0; i++) {
      // Statistics for each item would take long with small ones.
      for (int j = 0; j < (largest > 20_000 ? 1 : 50); j++) {
        int size = sizes.next(random, largest);
        node.set(CACHE, key(i * 50L + j), java.util.Arrays.copyOf(value, size));
      }
      if (i % 8 == 0) {
        node.turn();
      }
      if (node.stat(CACHE, StatCounter.EVICTIONS) == 0) {
        used = node.stat(CACHE, StatCounter.BYTES);
      }
    }
    double percent = 100.0 * used / quota;
    System.out.printf(
        "first eviction at %.2f %% of the quota, %s sizes to %d%n", percent, sizes, largest);
    assertThat(percent).isGreaterThanOrEqualTo(97);
  }

  @Test
  void eviction_underPressureInOneCache_leavesTheOtherAlone() {
    TestNode node = consistent.node(32 << 20, 2).cache(CACHE, 24 << 20).cache(OTHER, 24 << 20);
    for (int i = 0; i < 10_000; i++) {
      node.set(OTHER, key(i), bytes(600, i));
    }
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 200_000; i++) {
      node.set(CACHE, key(i), new byte[random.nextInt(1 << random.nextInt(14))]);
      if (i % 100 == 0) {
        node.turn();
      }
    }
    assertThat(node.stat(CACHE, StatCounter.EVICTIONS)).isPositive();
    assertThat(node.stat(CACHE, StatCounter.OUT_OF_MEMORY)).isZero();
    assertThat(node.stat(OTHER, StatCounter.EVICTIONS)).isZero();
    for (int i = 0; i < 10_000; i++) {
      assertThat(node.hit(OTHER, key(i))).isTrue();
    }
  }

  @Test
  void eviction_withTheNodeFull_stillAdmitsTheOtherCacheUpToItsPart() {
    TestNode node = consistent.node(32 << 20, 2).cache(CACHE, 32 << 20).cache(OTHER, 32 << 20);
    for (int i = 0; i < 100_000; i++) {
      node.set(CACHE, key(i), new byte[1000]);
    }
    assertThat(node.stat(CACHE, StatCounter.BYTES)).isBetween(15L << 20, 16L << 20);
    for (int i = 0; node.stat(OTHER, StatCounter.EVICTIONS) == 0; i++) {
      node.set(OTHER, key(i), new byte[i % 4000]);
    }
    assertThat(node.stat(OTHER, StatCounter.BYTES)).isGreaterThan(15L << 20);
  }

  @Test
  void quota_loweredAndRaised_takesEffectWhileRunning() {
    TestNode node = consistent.node(64 << 20, 2).cache(CACHE, 32 << 20);
    for (int i = 0; i < 100_000; i++) {
      node.set(CACHE, key(i), new byte[400]);
    }
    assertThat(node.stat(CACHE, StatCounter.BYTES)).isGreaterThan(31L << 20);
    node.cache(CACHE, 8 << 20);
    for (int i = 0; i < 10_000 && node.stat(CACHE, StatCounter.BYTES) > 8 << 20; i++) {
      node.turn();
    }
    assertThat(node.stat(CACHE, StatCounter.BYTES)).isLessThanOrEqualTo(8 << 20);
    node.cache(CACHE, 16 << 20);
    for (int i = 0; i < 100_000; i++) {
      node.set(CACHE, key(i), new byte[400]);
    }
    assertThat(node.stat(CACHE, StatCounter.BYTES)).isBetween(15L << 20, 16L << 20);
  }

  @Test
  void quota_smallestOfAll_stillHoldsTheLargestItem() {
    TestNode node = consistent.node(16 << 20, 2).cache(CACHE, 2 << 20);
    for (int i = 0; i < 10_000; i++) {
      node.set(CACHE, key(i), new byte[500]);
    }
    int stored = 0;
    for (int i = 0; i < 40; i++) {
      node.turn();
      stored += node.set(CACHE, key(i), new byte[1_048_000]) == Status.STORED ? 1 : 0;
    }
    assertThat(stored).isGreaterThanOrEqualTo(36);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 900})
  void eviction_itemsReadOnce_outliveThoseNeverRead(int valueBytes) {
    TestNode node = consistent.node(16 << 20, 1).cache(CACHE, 4 << 20);
    for (int i = 0; i < 500; i++) {
      node.set(CACHE, key(i), new byte[valueBytes]);
      node.hit(CACHE, key(i));
    }
    for (int i = 500; i < 60_000; i++) {
      node.set(CACHE, key(i), new byte[valueBytes]);
    }
    int kept = 0;
    for (int i = 0; i < 500; i++) {
      kept += node.hit(CACHE, key(i)) ? 1 : 0;
    }
    assertThat(kept).as("a scan does not wash out what was read").isEqualTo(500);
  }

  @Test
  void eviction_aGhostThatReturns_entersTheMainQueue() {
    TestNode node = consistent.node(16 << 20, 1).cache(CACHE, 4 << 20);
    long at = 0;
    for (; at < 30_000; at++) {
      node.set(CACHE, key(at), new byte[500]);
    }
    long evicted = at - node.stat(CACHE, StatCounter.CURR_ITEMS);
    // Evicted a short while ago and never read: only the ghosts know it.
    long ghost = evicted - 500;
    node.set(CACHE, key(ghost), new byte[500]);
    for (int i = 0; i < 30_000; i++, at++) {
      node.set(CACHE, key(at), new byte[500]);
    }
    assertThat(node.hit(CACHE, key(ghost))).isTrue();
    assertThat(node.hit(CACHE, key(ghost + 1))).isFalse();
  }

  @Test
  void upkeep_expiredItems_areReclaimedUntouched() {
    TestNode node = consistent.node(16 << 20, 2).cache(CACHE, 8 << 20);
    for (int i = 0; i < 20_000; i++) {
      ItemCommand command = node.command(Verb.SET);
      command.exptime = i % 2 == 0 ? 10 : 0;
      node.execute(CACHE, key(i), new byte[50]);
    }
    node.time.advanceSeconds(10);
    node.turn();
    assertThat(node.stat(CACHE, StatCounter.CURR_ITEMS)).isEqualTo(10_000);
    assertThat(node.stat(CACHE, StatCounter.EXPIRATIONS)).isEqualTo(10_000);
    assertThat(node.stat(CACHE, StatCounter.EVICTIONS)).isZero();
  }

  @Test
  void upkeep_flushedItems_giveTheirMemoryBack() {
    TestNode node = consistent.node(16 << 20, 2).cache(CACHE, 8 << 20);
    for (int i = 0; i < 20_000; i++) {
      node.set(CACHE, key(i), new byte[200]);
    }
    node.everywhere(Verb.FLUSH, CACHE, 0);
    for (int i = 0; i < 20; i++) {
      node.turn();
    }
    assertThat(node.store(0).itemCount() + node.store(1).itemCount()).isZero();
    assertThat(node.memory.freeBytes()).isGreaterThan(15L << 20);
  }

  @Test
  void eviction_meetingFlushedItems_countsThemAsReclaims() {
    TestNode node = consistent.node(16 << 20, 1).cache(CACHE, 2 << 20);
    for (int i = 0; i < 5000; i++) {
      node.set(CACHE, key(i), new byte[200]);
    }
    node.everywhere(Verb.FLUSH, CACHE, 0);
    for (int i = 10_000; i < 17_000; i++) {
      node.set(CACHE, key(i), new byte[200]);
    }
    assertThat(node.stat(CACHE, StatCounter.EVICTIONS)).isZero();
    assertThat(node.stat(CACHE, StatCounter.RECLAIMS)).isPositive();
  }

  @Test
  void sizesThatChange_pagesFollow() {
    TestNode node = consistent.node(16 << 20, 2).cache(CACHE, 16 << 20);
    int[] sizes = {40, 1200, 90, 5000, 300, 20, 700};
    for (int size : sizes) {
      for (int i = 0; i < (80 << 20) / (size + 40); i++) {
        node.set(CACHE, key(i), new byte[size]);
        if (i % 64 == 0) {
          node.turn();
        }
      }
      double percent = 100.0 * node.stat(CACHE, StatCounter.BYTES) / (16 << 20);
      assertThat(percent).as("in use with items of %s bytes", size).isGreaterThan(93);
      node.assertConsistent();
    }
    assertThat(node.stat(CACHE, StatCounter.OUT_OF_MEMORY)).isZero();
  }
}

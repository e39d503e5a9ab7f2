package dev.flagstone.slot;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyHashTest {

  private static final KeyHash HASH = new KeyHash(0x0123456789ABCDEFL, 0x1122334455667788L);

  private static final KeyHash OTHER_CLUSTER =
      new KeyHash(0x0123456789ABCDEEL, 0x1122334455667788L);

  @Test
  void sequentialKeys_spreadEvenlyOverTheSlots() {
    int perSlot = 200;
    int[] counts = new int[Slot.COUNT];
    for (int i = 0; i < Slot.COUNT * perSlot; i++) {
      byte[] key = ("user:" + i).getBytes(US_ASCII);
      counts[Slot.of(HASH.hash(1, key, 0, key.length))]++;
    }
    double chiSquare = Arrays.stream(counts).mapToDouble(c -> square(c - perSlot) / perSlot).sum();
    // 1,023 degrees of freedom: a mean of 1,023 with a deviation of 45; this is six of them.
    assertThat(chiSquare).isBetween(750.0, 1_300.0);
  }

  @Test
  void oneBitOfTheKey_changesHalfOfTheHash() {
    Random random = new Random(42);
    for (int length : new int[] {1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 31, 32, 33, 100, 250}) {
      long flipped = 0;
      long samples = 0;
      for (int round = 0; round < 200; round++) {
        byte[] key = new byte[length];
        random.nextBytes(key);
        long before = HASH.hash(1, key, 0, length);
        int bit = random.nextInt(length * 8);
        key[bit / 8] ^= (byte) (1 << (bit % 8));
        flipped += Long.bitCount(before ^ HASH.hash(1, key, 0, length));
        samples += Long.SIZE;
      }
      assertThat((double) flipped / samples).as("length %d", length).isBetween(0.48, 0.52);
    }
  }

  @Test
  void shortKeys_doNotCollide() {
    Set<Long> hashes = new HashSet<>();
    byte[] key = new byte[3];
    for (int i = 0; i < 1 << 20; i++) {
      key[0] = (byte) i;
      key[1] = (byte) (i >> 8);
      key[2] = (byte) (i >> 16);
      hashes.add(HASH.hash(7, key, 0, 3));
    }
    assertThat(hashes).hasSize(1 << 20);
  }

  @Test
  void cacheSeedAndLength_allCount() {
    byte[] key = new byte[40];
    Set<Long> hashes = new HashSet<>();
    for (int length = 0; length <= 40; length++) {
      hashes.add(HASH.hash(1, key, 0, length));
      hashes.add(HASH.hash(2, key, 0, length));
      hashes.add(OTHER_CLUSTER.hash(1, key, 0, length));
    }
    assertThat(hashes).hasSize(3 * 41);
  }

  @Test
  void placeInTheArray_doesNotCount() {
    Random random = new Random(7);
    for (int length = 1; length <= 64; length++) {
      byte[] key = new byte[length];
      random.nextBytes(key);
      byte[] around = new byte[length + 20];
      random.nextBytes(around);
      System.arraycopy(key, 0, around, 13, length);
      assertThat(HASH.hash(3, around, 13, length)).isEqualTo(HASH.hash(3, key, 0, length));
    }
  }

  private static double square(double x) {
    return x * x;
  }
}

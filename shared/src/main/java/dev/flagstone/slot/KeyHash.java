package dev.flagstone.slot;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The hash of (cache, key): 64 bits that place an item in a slot, a shard and an index.
 *
 * <p>It folds 16 bytes at a time by a 64 x 64 to 128 bit multiplication, the construction of the
 * wyhash family. The cluster's seed is secret and random, so a customer cannot choose keys that
 * collide. All proxies and data nodes of a cluster use the same seed. Thread-safe.
 */
public final class KeyHash {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  // Odd numbers with as many ones as zeros in each byte pair; any such do.
  private static final long K0 = 0x9E3779B97F4A7C15L;
  private static final long K1 = 0xD6E8FEB86659FD93L;

  private final long seed0;
  private final long seed1;

  /** Makes the hash of a cluster whose secret is these 128 bits. */
  public KeyHash(long seed0, long seed1) {
    // A cache id has 31 bits, so their exclusive or is never 0, which would swallow the length.
    this.seed0 = seed0 | Long.MIN_VALUE;
    this.seed1 = seed1;
  }

  /** The hash of the key of {@code length} bytes at {@code offset}, in the cache with this id. */
  public long hash(int cacheId, byte[] bytes, int offset, int length) {
    long h = fold(seed0 ^ cacheId, K0 ^ length);
    int at = offset;
    int left = length;
    while (left > 16) {
      h = fold((long) LONGS.get(bytes, at) ^ seed1, (long) LONGS.get(bytes, at + 8) ^ h);
      at += 16;
      left -= 16;
    }
    long low;
    long high;
    if (left >= 8) {
      low = (long) LONGS.get(bytes, at);
      high = (long) LONGS.get(bytes, at + left - 8);
    } else if (left >= 4) {
      low = (int) INTS.get(bytes, at) & 0xFFFFFFFFL;
      high = (int) INTS.get(bytes, at + left - 4) & 0xFFFFFFFFL;
    } else if (left > 0) {
      low = (bytes[at] & 0xFFL) << 16 | (bytes[at + (left >> 1)] & 0xFFL) << 8;
      low |= bytes[at + left - 1] & 0xFFL;
      high = 0;
    } else {
      low = 0;
      high = 0;
    }
    return fold(fold(low ^ seed1, high ^ h) ^ seed0, K1);
  }

  /**
   * Multiplies to 128 bits and adds the halves bitwise, so that every bit of both reaches every
   * bit.
   */
  private static long fold(long a, long b) {
    long low = a * b;
    long high = Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
    return low ^ high;
  }
}

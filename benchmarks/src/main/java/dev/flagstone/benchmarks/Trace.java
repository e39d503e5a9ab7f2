package dev.flagstone.benchmarks;

/**
 * A made, seeded cache-aside trace: Zipf-distributed keys, a share of keys that are asked for once
 * only, and optionally scans. The same options give the same trace as {@code mcreplay -d} of the
 * project's tools.
 */
public final class Trace {

  private static final long FIRST_ONCE_KEY = 1L << 40;
  private static final long FIRST_SCAN_KEY = 1L << 50;
  private static final int SCANNED_RANGES = 4;
  private static final double ZIPF = 0.9;
  private static final double ONCE_SHARE = 0.25;
  private static final int MIN_VALUE_BYTES = 10;
  private static final int MAX_VALUE_BYTES = 500;

  private final double[] cumulated;
  private final double scanShare;
  private final long scanLength;
  private long random;
  private long freshKey = FIRST_ONCE_KEY;
  private long scanLeft;
  private long scanAt;

  /**
   * Makes the trace over {@code keys} keys.
   *
   * @param scanShare the part of the requests that belong to scans, 0 for none
   * @param scanLength how many keys a scan asks for
   */
  public Trace(long seed, int keys, double scanShare, long scanLength) {
    this.random = seed * 0x9E3779B97F4A7C15L + 1;
    this.scanShare = scanShare;
    this.scanLength = scanLength;
    this.cumulated = new double[keys];
    double sum = 0;
    for (int i = 0; i < keys; i++) {
      sum += 1 / Math.pow(i + 1, ZIPF);
      cumulated[i] = sum;
    }
  }

  private long next() {
    random ^= random << 13;
    random ^= random >>> 7;
    random ^= random << 17;
    return random * 2685821657736338717L;
  }

  private double unit() {
    return (next() >>> 11) / 9007199254740992.0;
  }

  /** The key that is asked for next. */
  public long nextKey() {
    if (scanLeft > 0) {
      scanLeft--;
      return scanAt++;
    }
    if (scanShare > 0 && unit() < scanShare / scanLength) {
      scanLeft = scanLength - 1;
      long range = Long.remainderUnsigned(next(), SCANNED_RANGES);
      scanAt = FIRST_SCAN_KEY + range * scanLength * 10;
      return scanAt++;
    }
    if (unit() < ONCE_SHARE) {
      return freshKey++;
    }
    double at = unit() * cumulated[cumulated.length - 1];
    int low = 0;
    int high = cumulated.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cumulated[middle] < at) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Bytes of the value under a key. */
  public static int valueBytes(long key) {
    long mixed = key * 0x9E3779B97F4A7C15L;
    mixed ^= mixed >>> 32;
    double unit = (mixed & 0xFFFFFF) / (double) 0x1000000;
    return MIN_VALUE_BYTES + (int) (unit * unit * MAX_VALUE_BYTES);
  }
}

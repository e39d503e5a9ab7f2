package dev.flagstone.datanode.store;

/**
 * The cas uniques of a shard: strictly rising, 53 bits wide, and starting from the time of day, so
 * that those of an earlier process never come again.
 *
 * <p>Holds as long as a shard stores fewer than 4,096 items a millisecond over its life.
 */
final class CasSequence {

  private static final int BITS_PER_MILLISECOND = 12;

  private long last;

  CasSequence(long unixMillis) {
    last = unixMillis << BITS_PER_MILLISECOND;
  }

  long next() {
    return ++last;
  }

  /** The newest one that was given out. */
  long last() {
    return last;
  }
}

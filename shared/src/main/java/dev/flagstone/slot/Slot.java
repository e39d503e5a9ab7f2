package dev.flagstone.slot;

/** The fixed hash buckets of (cache, key): the unit of placement and of moving. */
public final class Slot {

  /** The number of slots in a cluster; fixed for ever. */
  public static final int COUNT = 1024;

  private static final int BITS = 10;

  private Slot() {}

  /**
   * The slot, 0..1023, of an item with this {@link KeyHash}: its highest bits, so that the others
   * are free.
   */
  public static int of(long hash) {
    return (int) (hash >>> (Long.SIZE - BITS));
  }
}

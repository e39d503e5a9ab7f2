package dev.flagstone.command;

/**
 * A number that a shard tells about one cache, to be summed over the shards unless it says
 * otherwise. The ordinal travels in bus frames, so new ones are added at the end only.
 */
public enum StatCounter {
  /** Items that can be read now. */
  CURR_ITEMS,
  /** Items ever stored. */
  TOTAL_ITEMS,
  /** Bytes of memory that the items take, as counted against the quota. */
  BYTES,
  /** Items removed by pressure. */
  EVICTIONS,
  /** Items removed by time. */
  EXPIRATIONS,
  /** Stores that took the memory of an item that was expired or flushed. */
  RECLAIMS,
  /** Stores refused because no room could be made. */
  OUT_OF_MEMORY,
  /** Of a slab class: bytes of one chunk. Equal on all shards; not summed. */
  CHUNK_SIZE,
  /** Of a slab class: chunks that this cache uses. */
  USED_CHUNKS,
  /** Of a slab class: items of this cache. */
  CLASS_ITEMS,
  /** Of a slab class: bytes of key and value that this cache asked the class to hold. */
  CLASS_BYTES,
  /** Of a slab class: items removed by pressure. */
  CLASS_EVICTIONS,
  /** Of a size (bytes, rounded up to a multiple of 32): items of about that size. */
  SIZE_ITEMS;

  private static final StatCounter[] VALUES = values();

  /** The number of counters. */
  public static final int COUNT = VALUES.length;

  /** The counter with this ordinal, which must be in {@code 0..COUNT-1}. */
  public static StatCounter of(int ordinal) {
    return VALUES[ordinal];
  }
}

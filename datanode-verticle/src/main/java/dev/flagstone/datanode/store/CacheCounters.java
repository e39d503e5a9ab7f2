package dev.flagstone.datanode.store;

/** What one shard counts of one cache, in total and per slab class. */
final class CacheCounters {

  /** Items ever stored. */
  long stored;

  /** Items removed by pressure. */
  long evictions;

  /** Items removed by time. */
  long expirations;

  /** Stores that took the memory of an item that was expired or flushed. */
  long reclaims;

  /** Stores refused because no room could be made. */
  long outOfMemory;

  /** Per class of an item's first chunk: items now. */
  final int[] classItems;

  /** Per class of an item's first chunk: bytes of key and value now. */
  final long[] classBytes;

  /** Per class of an item's first chunk: bytes of all chunks now. */
  final long[] classChunkBytes;

  /** Per class of an item's first chunk: items removed by pressure. */
  final long[] classEvictions;

  CacheCounters(int classes) {
    classItems = new int[classes];
    classBytes = new long[classes];
    classChunkBytes = new long[classes];
    classEvictions = new long[classes];
  }

  /** Sets back what counts events; what says how things are now stays. */
  void reset() {
    stored = 0;
    evictions = 0;
    expirations = 0;
    reclaims = 0;
    outOfMemory = 0;
    java.util.Arrays.fill(classEvictions, 0);
  }
}

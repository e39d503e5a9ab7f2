package dev.flagstone.datanode.store;

import dev.flagstone.datanode.slab.SlabAllocator;

/** What one shard keeps for one cache: its queues, its part of the quota, and its numbers. */
final class CacheSpace {

  /** The cache's number in this shard, which stands in its items. */
  final int number;

  final int cacheId;
  final FifoQueue small;
  final FifoQueue main;
  final GhostTable ghost;
  final QuotaLease lease;
  final CacheCounters counters;

  /** Items with this cas unique or an older one are flushed. */
  long flushedCas;

  /** The Unix second of a flush to come, or 0. */
  long flushAtSeconds;

  /** Items that are flushed and still take memory, and the bytes of that. */
  int flushedItems;

  long flushedBytes;

  /** Items that have an exptime. */
  int expiringItems;

  /** The cache has been deleted; what it has left goes away by and by. */
  boolean removed;

  CacheSpace(int number, int cacheId, QuotaLedger ledger, SlabAllocator slabs, Items items) {
    this.number = number;
    this.cacheId = cacheId;
    this.small = new FifoQueue(items);
    this.main = new FifoQueue(items);
    this.ghost = new GhostTable(slabs);
    this.lease = new QuotaLease(ledger);
    this.counters = new CacheCounters(slabs.pool().geometry().classes());
  }

  FifoQueue queue(int meta) {
    return (meta & Items.MAIN) != 0 ? main : small;
  }

  /** Items that take memory, flushed ones included. */
  int items() {
    return small.count() + main.count();
  }

  /** Bytes that the items take, flushed ones included. */
  long bytes() {
    return small.bytes() + main.bytes();
  }
}

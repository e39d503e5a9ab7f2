package dev.flagstone.datanode.store;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of one cache's quota the shards of a node have between them. Thread-safe.
 *
 * <p>Shards lease bytes in steps, so that most stores touch no shared number. When nothing is left,
 * a shard that has less than its fair share may still overdraw the ledger by a bounded amount, and
 * those that have more pay the debt back when they see it; so no shard starves and none ever waits.
 */
final class QuotaLedger {

  private static final long MIN_STEP_BYTES = 4 << 10;
  private static final int STEPS_PER_QUOTA = 512;
  private static final int OVERDRAFTS_PER_QUOTA = 16;

  /** What the largest item takes, and a little more. */
  private static final long LARGEST_ITEM_BYTES = (1 << 20) + (128 << 10);

  private final int shards;
  private final AtomicLong leased = new AtomicLong();
  private volatile long limit;

  QuotaLedger(int shards, long limit) {
    this.shards = shards;
    this.limit = limit;
  }

  /** The most bytes that the cache's items may take on this node. */
  long limit() {
    return limit;
  }

  void limit(long bytes) {
    limit = bytes;
  }

  /** Bytes that the shards have leased, used or not. */
  long leased() {
    return leased.get();
  }

  /** What a shard may have when all want as much as they can get. */
  long fairShare() {
    return limit / shards;
  }

  /** By how many bytes the shards have more than the quota. */
  long debt() {
    return Math.max(0, leased.get() - limit);
  }

  /** How many bytes are leased at a time, while there is plenty. */
  long step() {
    return Math.max(MIN_STEP_BYTES, limit / STEPS_PER_QUOTA);
  }

  /**
   * Leases {@code need} bytes or more.
   *
   * @param own what the shard has leased already
   * @return how many were leased, or 0 if not even {@code need} are left for it
   */
  long lease(long need, long own) {
    while (true) {
      long seen = leased.get();
      long left = limit - seen;
      long grant;
      if (need <= left) {
        // Smaller steps towards the end, or bytes that one shard never uses would make another
        // evict.
        long step = Math.min(step(), left / (4L * shards));
        grant = Math.min(left, Math.max(need, Math.max(step, MIN_STEP_BYTES)));
      } else if (own + need <= Math.max(fairShare(), LARGEST_ITEM_BYTES)
          && need - left <= overdraft()) {
        grant = need;
      } else {
        return 0;
      }
      if (leased.compareAndSet(seen, seen + grant)) {
        return grant;
      }
    }
  }

  private long overdraft() {
    return Math.max(LARGEST_ITEM_BYTES, limit / OVERDRAFTS_PER_QUOTA);
  }

  /** Gives leased bytes back. */
  void giveBack(long bytes) {
    leased.addAndGet(-bytes);
  }
}

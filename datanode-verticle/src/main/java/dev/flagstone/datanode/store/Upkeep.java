package dev.flagstone.datanode.store;

import dev.flagstone.datanode.slab.PagePool;
import java.util.function.ToLongFunction;

/** The work of a shard that no command waits for, in small bounded parts. */
final class Upkeep {

  /** Buckets that are looked at between two looks at the clock. */
  private static final int BUCKETS_PER_LOOK = 16;

  /**
   * Items of a deleted cache that are removed, or evicted to pay a debt, between two looks at the
   * clock.
   */
  private static final int ITEMS_PER_LOOK = 32;

  /** How often all items are looked at, while any of them has an exptime. */
  private static final int SECONDS_PER_PASS = 5;

  /** Bytes of a debt that are paid at a time. */
  private static final long DEBT_PER_LOOK_BYTES = 16 << 10;

  /** With fewer free pages for each held one than this, free chunks are gathered to pages. */
  private static final int HELD_PER_FREE_PAGE = 256;

  private final Catalog catalog;
  private final ShardClock clock;
  private final ItemWriter writer;
  private final Evictor evictor;
  private long deadline;
  private boolean unfinished;
  private int bucket;
  private int bucketsLeft;
  private long nextPassSeconds;
  private long expirations;

  Upkeep(Catalog catalog, ShardClock clock, ItemWriter writer, Evictor evictor) {
    this.catalog = catalog;
    this.clock = clock;
    this.writer = writer;
    this.evictor = evictor;
  }

  /** Works for about {@code budgetNanos} and tells whether there is more to do at once. */
  boolean run(long budgetNanos) {
    deadline = clock.nanos() + budgetNanos;
    unfinished = false;
    catalog.caches().forEach(this::tend);
    boolean inTime = hasTime();
    if (inTime && needsSweep()) {
      sweep();
    }
    while (inTime && catalog.index().shrink()) {
      inTime = hasTime();
    }
    PagePool pool = catalog.slabs().pool();
    while (inTime
        && pool.freePages() * HELD_PER_FREE_PAGE < catalog.slabs().heldPages()
        && catalog.slabs().compact()) {
      inTime = hasTime();
    }
    return unfinished || !inTime;
  }

  private boolean hasTime() {
    return clock.nanos() - deadline < 0;
  }

  private void tend(CacheSpace space) {
    if (space.removed) {
      removeAll(space);
    } else {
      while (hasTime() && writer.payDebt(space, DEBT_PER_LOOK_BYTES)) {
        unfinished = space.lease.owed() > 0;
      }
    }
  }

  private void removeAll(CacheSpace space) {
    do {
      for (int i = 0; i < ITEMS_PER_LOOK; i++) {
        if (!evictor.evict(space)) {
          space.lease.use(-space.ghost.bytes());
          space.ghost.clear();
          space.lease.close();
          catalog.caches().drop(space);
          return;
        }
      }
    } while (hasTime());
    unfinished = true;
  }

  private boolean needsSweep() {
    return total(space -> (long) space.expiringItems + space.flushedItems) > 0;
  }

  /** Goes on with a pass over all buckets, or begins one if it is time. */
  private void sweep() {
    ItemIndex index = catalog.index();
    if (bucketsLeft == 0 && clock.nowSeconds() >= nextPassSeconds) {
      bucketsLeft = index.buckets();
      nextPassSeconds = clock.nowSeconds() + SECONDS_PER_PASS;
    }
    while (bucketsLeft > 0 && hasTime()) {
      for (int i = 0; i < BUCKETS_PER_LOOK && bucketsLeft > 0; i++) {
        bucket = bucket + 1 < index.buckets() ? bucket + 1 : 0;
        index.visit(bucket, this::sweep);
        bucketsLeft--;
      }
    }
    unfinished |= bucketsLeft > 0;
  }

  private void sweep(int item) {
    CacheSpace space = catalog.spaceOf(item);
    if (catalog.isDead(space, item, clock.nowSeconds())) {
      removeDead(space, item);
    }
  }

  /** Removes an item that is expired, flushed or deleted. Moves nothing. */
  void removeDead(CacheSpace space, int item) {
    if (!catalog.isFlushed(space, item)) {
      expirations++;
      space.counters.expirations++;
    }
    catalog.remove(space, catalog.hash(item), item);
  }

  /** Makes all items with this cas unique or an older one unreadable. */
  void flush(CacheSpace space, long upToCas) {
    nextPassSeconds = clock.nowSeconds();
    space.flushAtSeconds = 0;
    space.flushedCas = upToCas;
    space.flushedItems = space.items();
    space.flushedBytes = space.lease.used() - space.ghost.bytes();
  }

  /** Items removed by time since the start. */
  long expirations() {
    return expirations;
  }

  private long total(ToLongFunction<CacheSpace> number) {
    long[] sum = {0};
    catalog.caches().forEach(space -> sum[0] += number.applyAsLong(space));
    return sum[0];
  }
}

package dev.flagstone.datanode.store;

/**
 * Chooses what a cache gives up: S3-FIFO (Yang, Zhang, Qiu, Yue, Rashmi: FIFO queues are all you
 * need for cache eviction, SOSP 2023).
 *
 * <p>New items enter the small queue, about a tenth of the cache's bytes. At its end, an item that
 * was read goes on to the main queue (one reference is enough; the paper asks for two, which did
 * worse on our traces), and any other is evicted, leaving a fingerprint among the ghosts. A key
 * that comes back while it is a ghost enters the main queue at once. At the main queue's end an
 * item with references starts again from the head with one fewer. A hit thus writes at most one
 * word of the item, and none once its counter is full.
 */
final class Evictor {

  /** The part of a cache's bytes that is meant for the small queue, in per cent. */
  private static final int SMALL_PERCENT = 10;

  /** How many items are moved on for one that goes: the next is evicted whatever its references. */
  private static final int MAX_MOVED = 512;

  /** How many evictions pass before the ghosts ask for another page in vain. */
  private static final int GHOST_PATIENCE = 64;

  private final Catalog catalog;
  private final Items items;
  private final ShardClock clock;
  private int ghostPatience;
  private long evictions;

  Evictor(Catalog catalog, ShardClock clock) {
    this.catalog = catalog;
    this.items = catalog.items();
    this.clock = clock;
  }

  /** Removes an item of the cache. May move items. Returns false if there is none. */
  boolean evict(CacheSpace space) {
    for (int moved = 0; ; moved++) {
      boolean fromSmall = isSmallOver(space);
      int item = fromSmall ? space.small.tail() : space.main.tail();
      if (item == 0) {
        return false;
      }
      int meta = items.meta(item);
      if (catalog.isDead(space, item, clock.nowSeconds())) {
        reclaim(space, item);
        return true;
      }
      if (Items.frequency(meta) == 0 || moved >= MAX_MOVED) {
        evict(space, item, fromSmall);
        return true;
      }
      if (fromSmall) {
        catalog.promote(space, item);
      } else {
        items.meta(item, Items.unreferenced(meta));
        space.main.rotate();
      }
    }
  }

  /** Items removed by pressure since the start. */
  long evictions() {
    return evictions;
  }

  private static boolean isSmallOver(CacheSpace space) {
    return space.main.tail() == 0 || space.small.bytes() * 100 >= space.bytes() * SMALL_PERCENT;
  }

  private void reclaim(CacheSpace space, int item) {
    space.counters.reclaims++;
    catalog.remove(space, catalog.hash(item), item);
  }

  private void evict(CacheSpace space, int item, boolean fromSmall) {
    long hash = catalog.hash(item);
    evictions++;
    space.counters.evictions++;
    space.counters.classEvictions[catalog.slabs().classOf(item)]++;
    catalog.remove(space, hash, item);
    if (fromSmall) {
      int wanted = space.items();
      space.ghost.add(hash, wanted);
      if (space.ghost.isTooSmallFor(wanted) && --ghostPatience <= 0) {
        growGhost(space);
      } else if (space.ghost.isTooLargeFor(wanted)) {
        space.lease.use(-space.ghost.shrink());
      }
    }
  }

  private void growGhost(CacheSpace space) {
    long before = space.ghost.bytes();
    if (!space.ghost.grow()) {
      ghostPatience = GHOST_PATIENCE;
    }
    space.lease.use(space.ghost.bytes() - before);
  }
}

package dev.flagstone.datanode.store;

import dev.flagstone.datanode.slab.PagePool;
import dev.flagstone.datanode.slab.SlabAllocator;
import dev.flagstone.item.Exptime;
import dev.flagstone.item.ItemLimits;
import dev.flagstone.slot.KeyHash;

/**
 * All items of a shard: the one place that enters them into the index, a queue and the counts,
 * takes them out, and mends what points to them when the allocator has moved them.
 *
 * <p>Whatever allocates may move items. Two handles survive that: {@link #current}, the item that
 * the command at work is about, and {@link #building}, the item that is being written.
 */
final class Catalog {

  /** The item that the command at work is about, or 0. */
  int current;

  /** The item that is being written and not linked yet, or 0. */
  int building;

  /** The last piece of the item that is being written, or 0. */
  int buildingTail;

  private final SlabAllocator slabs;
  private final Items items;
  private final ItemBody body;
  private final ItemIndex index;
  private final CacheTable caches;
  private final KeyHash keyHash;
  private final byte[] keyBytes = new byte[ItemLimits.MAX_KEY_BYTES + Byte.SIZE];

  Catalog(PagePool pool, int shard, KeyHash keyHash, CacheTable caches) {
    this.keyHash = keyHash;
    this.caches = caches;
    this.items = new Items(pool.memory());
    this.slabs = new SlabAllocator(pool, shard, this::moved);
    this.body = new ItemBody(slabs, items);
    this.index = new ItemIndex(slabs, this::hash);
  }

  SlabAllocator slabs() {
    return slabs;
  }

  Items items() {
    return items;
  }

  ItemBody body() {
    return body;
  }

  ItemIndex index() {
    return index;
  }

  CacheTable caches() {
    return caches;
  }

  /** The hash of an item's cache and key. */
  long hash(int item) {
    int length = items.copyKey(item, keyBytes);
    return keyHash.hash(spaceOf(item).cacheId, keyBytes, 0, length);
  }

  CacheSpace spaceOf(int item) {
    return caches.numbered(items.cacheNumber(item));
  }

  /**
   * Tells whether an item can no longer be read: its time is over, or its cache was flushed or
   * deleted.
   */
  boolean isDead(CacheSpace space, int item, long nowSeconds) {
    int meta = items.meta(item);
    return isFlushed(space, item)
        || ((meta & Items.HAS_EXPTIME) != 0
            && Exptime.isPast(items.exptime(item, meta), nowSeconds));
  }

  boolean isFlushed(CacheSpace space, int item) {
    return space.removed || items.cas(item) <= space.flushedCas;
  }

  /** Bytes that an item is charged with. */
  private int charge(int chunkBytes) {
    return chunkBytes + ItemIndex.BYTES_PER_ITEM;
  }

  /**
   * Links the item that is being written, whose key must not be in the index. May move items.
   *
   * @return false if the index has no memory for it
   */
  boolean link(CacheSpace space, long hash, boolean toMain) {
    if (!index.makeRoom(hash)) {
      return false;
    }
    int item = building;
    building = 0;
    int meta = items.meta(item) | Items.LINKED | (toMain ? Items.MAIN : 0);
    items.meta(item, meta);
    int bytes = body.chunkBytes(item);
    space.queue(meta).push(item, bytes);
    index.insert(hash, item);
    count(space, item, bytes, 1);
    current = item;
    return true;
  }

  /** Links the item that is being written in the place of {@link #current}, which is freed. */
  void replaceCurrent(CacheSpace space, long hash) {
    int old = current;
    int item = building;
    building = 0;
    int oldMeta = items.meta(old);
    int kept = oldMeta & (Items.MAIN | Items.LINKED);
    int meta =
        Items.referenced(Items.withFrequency(items.meta(item) | kept, Items.frequency(oldMeta)));
    items.meta(item, meta);
    int oldBytes = body.chunkBytes(old);
    int bytes = body.chunkBytes(item);
    space.queue(meta).replace(old, oldBytes, item, bytes);
    index.replace(hash, old, item);
    count(space, old, oldBytes, -1);
    count(space, item, bytes, 1);
    body.free(old);
    current = item;
  }

  /** Takes an item out of everything and frees it. Moves nothing. */
  void remove(CacheSpace space, long hash, int item) {
    int bytes = body.chunkBytes(item);
    index.remove(hash, item);
    space.queue(items.meta(item)).remove(item, bytes);
    count(space, item, bytes, -1);
    body.free(item);
    if (item == current) {
      current = 0;
    }
  }

  /** Frees the item that is being written, if there is one. */
  void discardBuilding() {
    if (building != 0) {
      body.free(building);
      building = 0;
    }
  }

  /** Moves an item of the small queue to the main queue and forgets its references. */
  void promote(CacheSpace space, int item) {
    int bytes = body.chunkBytes(item);
    space.small.remove(item, bytes);
    items.meta(item, Items.withoutReferences(items.meta(item)) | Items.MAIN);
    space.main.push(item, bytes);
  }

  /** Counts an item in ({@code sign} 1) or out (-1). */
  private void count(CacheSpace space, int item, int chunkBytes, int sign) {
    int meta = items.meta(item);
    int slabClass = slabs.classOf(item);
    CacheCounters counters = space.counters;
    counters.classItems[slabClass] += sign;
    counters.classBytes[slabClass] +=
        (long) sign * (items.keyLength(item) + Items.valueLength(meta));
    counters.classChunkBytes[slabClass] += (long) sign * chunkBytes;
    space.lease.use((long) sign * charge(chunkBytes));
    if ((meta & Items.HAS_EXPTIME) != 0) {
      space.expiringItems += sign;
    }
    if (sign < 0 && items.cas(item) <= space.flushedCas) {
      space.flushedItems--;
      space.flushedBytes -= charge(chunkBytes);
    }
  }

  /** Counts what changes when an item gets other meta bits and another value in the same chunks. */
  void changeMeta(CacheSpace space, int item, int meta) {
    int old = items.meta(item);
    space.counters.classBytes[slabs.classOf(item)] +=
        Items.valueLength(meta) - Items.valueLength(old);
    space.expiringItems +=
        Integer.signum(meta & Items.HAS_EXPTIME) - Integer.signum(old & Items.HAS_EXPTIME);
    items.meta(item, meta);
  }

  private void moved(int from, int to) {
    if (items.isItem(to)) {
      movedItem(from, to);
    } else {
      movedPiece(from, to);
    }
  }

  private void movedItem(int from, int to) {
    int meta = items.meta(to);
    if ((meta & Items.CHAINED) != 0 && items.firstPiece(to) != 0) {
      items.prevPiece(items.firstPiece(to), to);
    }
    if ((meta & Items.LINKED) == 0) {
      building = to;
      return;
    }
    spaceOf(to).queue(meta).moved(to);
    index.replace(hash(to), from, to);
    if (current == from) {
      current = to;
    }
  }

  private void movedPiece(int from, int to) {
    int next = items.nextPiece(to);
    int prev = items.prevPiece(to);
    if (next != 0) {
      items.prevPiece(next, to);
    }
    if (items.isItem(prev)) {
      items.firstPiece(prev, to);
    } else {
      items.nextPiece(prev, to);
    }
    if (buildingTail == from) {
      buildingTail = to;
    }
  }
}

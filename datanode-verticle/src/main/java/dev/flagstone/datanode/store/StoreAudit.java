package dev.flagstone.datanode.store;

import java.util.HashSet;
import java.util.Set;

/** Walks everything that a shard holds and compares it with its counts; for tests. */
final class StoreAudit {

  private final Catalog catalog;
  private final Items items;
  private final Set<Integer> indexed = new HashSet<>();
  private long chunkBytes;

  StoreAudit(Catalog catalog) {
    this.catalog = catalog;
    this.items = catalog.items();
  }

  void check() {
    catalog.slabs().assertConsistent();
    require(catalog.building == 0, "an item is still being written");
    ItemIndex index = catalog.index();
    for (int bucket = 0; bucket < index.buckets(); bucket++) {
      index.visit(bucket, item -> require(indexed.add(item), "an item is indexed twice"));
    }
    require(indexed.size() == index.count(), "the index's count");
    catalog.caches().forEach(this::checkSpace);
    require(indexed.isEmpty(), "an indexed item is in no queue");
    long overflow = catalog.slabs().usedChunks(0) * 64L;
    require(catalog.slabs().usedBytes() == chunkBytes + overflow, "chunks that belong to no item");
    require(
        index.bytes() == index.buckets() * 64L + overflow, "the index's count of overflow buckets");
  }

  private void checkSpace(CacheSpace space) {
    Totals totals = new Totals();
    walk(space, space.small, 0, totals);
    walk(space, space.main, Items.MAIN, totals);
    long charged =
        totals.bytes + (long) totals.items * ItemIndex.BYTES_PER_ITEM + space.ghost.bytes();
    require(space.lease.used() == charged, "bytes charged");
    require(space.lease.used() <= space.lease.leased(), "more used than leased");
    require(space.flushedItems == totals.flushed, "flushed items");
    require(space.flushedBytes == totals.flushedBytes, "flushed bytes");
    require(space.expiringItems == totals.expiring, "expiring items");
    int classItems = 0;
    long classBytes = 0;
    long classChunkBytes = 0;
    for (int slabClass = 0; slabClass < space.counters.classItems.length; slabClass++) {
      classItems += space.counters.classItems[slabClass];
      classBytes += space.counters.classBytes[slabClass];
      classChunkBytes += space.counters.classChunkBytes[slabClass];
    }
    require(classItems == totals.items, "items per class");
    require(classBytes == totals.keysAndValues, "bytes per class");
    require(classChunkBytes == totals.bytes, "chunk bytes per class");
    chunkBytes += totals.bytes;
  }

  private void walk(CacheSpace space, FifoQueue queue, int mainBit, Totals totals) {
    int prev = 0;
    int count = 0;
    long bytes = 0;
    for (int item = queue.head(); item != 0; item = items.next(item)) {
      require(items.prev(item) == prev, "queue links");
      require(indexed.remove(item), "a queued item is not in the index");
      require(catalog.index().holdsOnce(catalog.hash(item), item), "an item is in a wrong bucket");
      int meta = items.meta(item);
      require((meta & Items.MAIN) == mainBit, "an item is in the other queue");
      require((meta & Items.LINKED) != 0, "an item is not marked as linked");
      require(catalog.spaceOf(item) == space, "an item is in another cache's queue");
      checkChain(item, meta);
      int itemBytes = catalog.body().chunkBytes(item);
      totals.add(items, item, itemBytes, space.flushedCas);
      bytes += itemBytes;
      count++;
      prev = item;
    }
    require(queue.tail() == prev, "a queue's tail");
    require(queue.count() == count && queue.bytes() == bytes, "a queue's counts");
  }

  private void checkChain(int item, int meta) {
    int room = catalog.slabs().chunkBytes(item) - Items.keyOffset(meta) - items.keyLength(item);
    if ((meta & Items.CHAINED) != 0) {
      int prev = item;
      for (int piece = items.firstPiece(item); piece != 0; piece = items.nextPiece(piece)) {
        require(!items.isItem(piece), "a piece looks like an item");
        require(items.prevPiece(piece) == prev, "piece links");
        require(room < Items.valueLength(meta), "a piece too many");
        room += catalog.slabs().chunkBytes(piece) - Items.PIECE_HEADER_BYTES;
        prev = piece;
      }
    }
    require(room >= Items.valueLength(meta), "a value that does not fit its chunks");
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new AssertionError("the store is inconsistent: " + what);
    }
  }

  /** What a walk over one cache's queues finds. */
  private static final class Totals {
    private int items;
    private int flushed;
    private int expiring;
    private long bytes;
    private long flushedBytes;
    private long keysAndValues;

    private void add(Items layout, int item, int itemBytes, long flushedCas) {
      int meta = layout.meta(item);
      items++;
      bytes += itemBytes;
      keysAndValues += layout.keyLength(item) + Items.valueLength(meta);
      expiring += (meta & Items.HAS_EXPTIME) != 0 ? 1 : 0;
      if (layout.cas(item) <= flushedCas) {
        flushed++;
        flushedBytes += itemBytes + ItemIndex.BYTES_PER_ITEM;
      }
    }
  }
}

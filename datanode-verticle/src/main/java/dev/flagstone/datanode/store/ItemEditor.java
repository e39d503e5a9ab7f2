package dev.flagstone.datanode.store;

/** Writes items: over an older one in its own chunks, in its place in the queue, or as new ones. */
final class ItemEditor {

  /** How many buckets of the index are merged for one store. */
  private static final int MAX_MERGES = 8;

  private final Catalog catalog;
  private final Items items;
  private final ShardClock clock;
  private final CasSequence cas;
  private final ItemWriter writer;

  ItemEditor(Catalog catalog, ShardClock clock, CasSequence cas, ItemWriter writer) {
    this.catalog = catalog;
    this.items = catalog.items();
    this.clock = clock;
    this.cas = cas;
    this.writer = writer;
  }

  /**
   * Writes an item under a key: over the current item where that suits, else in its place, else as
   * a new one. May evict and move items.
   *
   * @param draft what it shall be like; as many bytes of {@code value} are its value
   * @return whether there was room; the item is the current one then
   */
  boolean write(CacheSpace space, Key key, Draft draft, byte[] value, int offset) {
    if (catalog.current != 0 && overwrite(space, key, draft, value, offset)) {
      return true;
    }
    shrinkIndex();
    boolean toMain = catalog.current == 0 && space.ghost.remove(key.hash);
    if (catalog.current != 0) {
      int meta = items.meta(catalog.current);
      // An item that is evicted to make room for itself would lose its place.
      items.meta(catalog.current, Items.referenced(meta));
      if ((meta & Items.CHAINED) != 0) {
        // Two long ones at a time would be one too many in a small quota.
        toMain = (meta & Items.MAIN) != 0;
        catalog.remove(space, key.hash, catalog.current);
      }
    }
    try {
      if (!writer.create(space, key, draft)) {
        return false;
      }
      catalog.body().write(catalog.building, 0, value, offset, draft.valueLength);
      items.accessed(catalog.building, clock.sinceStart());
      if (catalog.current == 0) {
        return writer.link(space, key.hash, toMain);
      }
      catalog.replaceCurrent(space, key.hash);
      return true;
    } finally {
      catalog.discardBuilding();
    }
  }

  /**
   * Lets the index follow when small items give way to large ones, which evict many of them each.
   */
  private void shrinkIndex() {
    int merges = 0;
    while (merges < MAX_MERGES && catalog.index().shrink()) {
      merges++;
    }
  }

  /** Overwrites the current item in its own chunks, if the new one suits them. */
  private boolean overwrite(CacheSpace space, Key key, Draft draft, byte[] value, int offset) {
    int item = catalog.current;
    int old = items.meta(item);
    int meta = draft.meta() | (old & (Items.MAIN | Items.LINKED | Items.CHAINED));
    boolean fits;
    if ((old & Items.CHAINED) != 0) {
      fits =
          Items.valueLength(old) == draft.valueLength
              && (old & Items.OPTIONAL) == (meta & Items.OPTIONAL);
    } else {
      int total = Items.keyOffset(meta) + key.length + draft.valueLength;
      int room = catalog.slabs().chunkBytes(item);
      fits = total <= room && total + (room >> 3) + Long.BYTES > room;
    }
    if (!fits) {
      return false;
    }
    int frequency = Items.frequency(Items.referenced(old));
    catalog.changeMeta(space, item, Items.withFrequency(meta, frequency));
    items.cas(item, cas.next());
    if (draft.exptime != 0) {
      items.exptime(item, meta, draft.exptime);
    }
    if (draft.flags != 0) {
      items.flags(item, meta, draft.flags);
    }
    if (draft.ownCas != 0) {
      items.ownCas(item, meta, draft.ownCas);
    }
    if ((old & Items.OPTIONAL) != (meta & Items.OPTIONAL)) {
      items.putKey(item, meta, key.bytes, key.offset, key.length);
    }
    catalog.body().write(item, 0, value, offset, draft.valueLength);
    items.accessed(item, clock.sinceStart());
    return true;
  }
}

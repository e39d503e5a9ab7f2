package dev.flagstone.datanode.store;

/** What is known of an {@link ItemStore}'s current item beside what its clients gave. */
public final class ItemMarks {

  private static final int ACCESS_MASK = (1 << 24) - 1;

  private final Catalog catalog;
  private final Items items;
  private final ShardClock clock;

  ItemMarks(Catalog catalog, ShardClock clock) {
    this.catalog = catalog;
    this.items = catalog.items();
    this.clock = clock;
  }

  private boolean has(int bit) {
    return (items.meta(catalog.current) & bit) != 0;
  }

  private void set(int bits) {
    items.meta(catalog.current, items.meta(catalog.current) | bits);
  }

  /** Whether it was read since it was stored. */
  public boolean isFetched() {
    return has(Items.FETCHED);
  }

  /** Whether it was marked stale and not stored since. */
  public boolean isStale() {
    return has(Items.STALE);
  }

  /** Whether a reader has won the right to fill or renew it. */
  public boolean isSent() {
    return has(Items.SENT);
  }

  /** Notes that a reader has won. */
  public void markSent() {
    set(Items.SENT);
  }

  /** Marks it stale, and nothing else. */
  public void markStale() {
    set(Items.STALE);
  }

  /** Seconds since it was read or written last, modulo 2^24. */
  public int secondsSinceAccess() {
    return (clock.sinceStart() - items.lastAccess(catalog.current)) & ACCESS_MASK;
  }

  /** The slab class of its first chunk. */
  public int slabClass() {
    return catalog.slabs().classOf(catalog.current);
  }

  /** Bytes of its chunks and its place in the index: what its cache is charged with. */
  public int chargedBytes() {
    return catalog.body().chunkBytes(catalog.current) + ItemIndex.BYTES_PER_ITEM;
  }
}

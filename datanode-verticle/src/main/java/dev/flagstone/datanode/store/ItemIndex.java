package dev.flagstone.datanode.store;

import dev.flagstone.datanode.slab.SlabAllocator;

/**
 * The index of a shard's items, of all caches: a hash table that grows and shrinks by one bucket at
 * a time (linear hashing: Litwin, VLDB 1980; Larson, CACM 1988), so no operation ever waits for a
 * rehash.
 *
 * <p>A bucket is one cache line: 12 tags of 8 bits of the hash, the handle of an overflow bucket,
 * and 12 handles of items. A tag is 0 where the place is empty. A look-up compares eight tags at a
 * time and reads an item only where the tag agrees. Buckets lie in whole pages, overflow buckets in
 * chunks that never move.
 *
 * <p>The table splits buckets as long as that keeps its memory, overflow buckets included, within
 * {@link #BYTES_PER_ITEM}; so that figure can be charged to each item as it is.
 */
final class ItemIndex {

  /** What an item costs in the index, in bytes. */
  static final int BYTES_PER_ITEM = 9;

  /** Computes the hash of an item that is in the index. */
  @FunctionalInterface
  interface Hasher {
    long hash(int item);
  }

  /** Is shown items. */
  @FunctionalInterface
  interface Visitor {
    void item(int item);
  }

  /** Where the tag is taken from: bits that choose neither slot nor bucket. */
  private static final int TAG_SHIFT = 44;

  /**
   * Buckets are merged when the table takes more than this part, in per cent, of what its items
   * pay.
   */
  private static final int SHRINK_PERCENT = 150;

  private final SlabAllocator slabs;
  private final Buckets layout;
  private final Hasher hasher;
  private final BucketDirectory directory;
  private final BucketChain chain;
  private int base;
  private int buckets;
  private int overflowBuckets;
  private int count;

  /**
   * Makes an empty index.
   *
   * @throws IllegalStateException if the pool has no page for it
   */
  ItemIndex(SlabAllocator slabs, Hasher hasher) {
    this.slabs = slabs;
    this.layout = new Buckets(slabs.pool().memory());
    this.hasher = hasher;
    this.directory = new BucketDirectory(slabs);
    this.chain = new BucketChain(layout);
    if (!directory.cover(1)) {
      throw new IllegalStateException("no page for the index");
    }
    this.base = slabs.pool().geometry().pageBytes() / Buckets.BYTES;
    this.buckets = base;
  }

  private int bucketOf(long hash) {
    int bucket = (int) hash & 2 * base - 1;
    return bucket < buckets ? bucket : bucket - base;
  }

  private int head(long hash) {
    return directory.handle(bucketOf(hash));
  }

  static int tag(long hash) {
    int bits = (int) (hash >>> TAG_SHIFT) & 0xFF;
    return bits == 0 ? 1 : bits;
  }

  /** The item with this key, or 0. */
  int find(long hash, Items items, int cacheNumber, Key key) {
    int tag = tag(hash);
    for (int bucket = head(hash); bucket != 0; bucket = layout.overflow(bucket)) {
      for (long low = layout.lowMatches(bucket, tag); low != 0; low &= low - 1) {
        int item = layout.handle(bucket, Buckets.lowPlace(low));
        if (items.hasKey(item, cacheNumber, key.bytes, key.offset, key.length)) {
          return item;
        }
      }
      for (long high = layout.highMatches(bucket, tag); high != 0; high &= high - 1) {
        int item = layout.handle(bucket, Buckets.highPlace(high));
        if (items.hasKey(item, cacheNumber, key.bytes, key.offset, key.length)) {
          return item;
        }
      }
    }
    return 0;
  }

  /** Reads the bucket of a hash, so that it is in the processor's cache when it is needed. */
  int warmBucket(long hash) {
    return layout.warm(head(hash));
  }

  /** Reads the first item whose tag agrees, so that the processor has it at hand. */
  int warmItem(long hash, Items items) {
    int bucket = head(hash);
    int tag = tag(hash);
    long low = layout.lowMatches(bucket, tag);
    if (low != 0) {
      return items.meta(layout.handle(bucket, Buckets.lowPlace(low)));
    }
    long high = layout.highMatches(bucket, tag);
    return high == 0 ? 0 : items.meta(layout.handle(bucket, Buckets.highPlace(high)));
  }

  /**
   * Sees to a place for one more item with this hash. May move items, see {@link
   * dev.flagstone.datanode.slab.Relocator}.
   *
   * @return false if there is no memory for it
   */
  boolean makeRoom(long hash) {
    grow();
    int bucket = head(hash);
    while (layout.emptyPlace(bucket) < 0) {
      int next = layout.overflow(bucket);
      if (next == 0) {
        next = slabs.allocateFixed();
        if (next == 0) {
          return false;
        }
        layout.clear(next);
        layout.overflow(bucket, next);
        overflowBuckets++;
      }
      bucket = next;
    }
    return true;
  }

  /** Enters an item that is not in the index; {@link #makeRoom} must have come just before. */
  void insert(long hash, int item) {
    int bucket = head(hash);
    int place = layout.emptyPlace(bucket);
    while (place < 0) {
      bucket = layout.overflow(bucket);
      place = layout.emptyPlace(bucket);
    }
    layout.put(bucket, place, tag(hash), item);
    count++;
  }

  /** Puts another handle in the place of one that is in the index. */
  void replace(long hash, int from, int to) {
    for (int bucket = head(hash); bucket != 0; bucket = layout.overflow(bucket)) {
      int place = layout.placeOf(bucket, tag(hash), from);
      if (place >= 0) {
        layout.put(bucket, place, tag(hash), to);
        return;
      }
    }
    throw new IllegalStateException("an item that moved is not in the index");
  }

  /** Strikes out an item that is in the index. */
  void remove(long hash, int item) {
    int head = head(hash);
    for (int bucket = head; bucket != 0; bucket = layout.overflow(bucket)) {
      int place = layout.placeOf(bucket, tag(hash), item);
      if (place >= 0) {
        layout.put(bucket, place, 0, 0);
        if (layout.overflow(head) != 0) {
          fillHole(head, bucket, place);
        }
        count--;
        return;
      }
    }
    throw new IllegalStateException("an item that is removed is not in the index");
  }

  /**
   * Moves an entry of the last overflow bucket to a place that became empty, and frees the bucket
   * if it can.
   */
  private void fillHole(int head, int bucket, int place) {
    int before = head;
    int last = layout.overflow(head);
    while (layout.overflow(last) != 0) {
      before = last;
      last = layout.overflow(last);
    }
    int donor = layout.lastPlace(last);
    if (donor >= 0 && last != bucket) {
      layout.put(bucket, place, layout.tag(last, donor), layout.handle(last, donor));
      layout.put(last, donor, 0, 0);
    }
    if (layout.lastPlace(last) < 0) {
      layout.overflow(before, 0);
      slabs.free(last);
      overflowBuckets--;
    }
  }

  private void grow() {
    for (int i = 0; i < 2 && paidBytes() >= bytes() + Buckets.BYTES; i++) {
      if (!directory.cover(buckets + 1)) {
        return;
      }
      split();
    }
  }

  private long paidBytes() {
    return (long) (count + 1) * BYTES_PER_ITEM;
  }

  private void split() {
    int from = directory.handle(buckets - base);
    int to = directory.handle(buckets);
    layout.clear(to);
    chain.take(from);
    int taken = chain.overflowCount();
    buckets++;
    for (int i = 0; i < chain.count(); i++) {
      int item = chain.item(i);
      boolean stays = ((int) hasher.hash(item) & base) == 0;
      chain.append(stays, stays ? from : to, chain.tag(i), item);
    }
    overflowBuckets -= taken - chain.overflowUsed();
    chain.freeSpare(slabs);
    if (buckets == 2 * base) {
      base = buckets;
    }
  }

  /**
   * Merges two buckets if the index has become much too large for its items. May move items.
   *
   * @return whether it did
   */
  boolean shrink() {
    return buckets > directory.bucketsPerPage()
        && paidBytes() * SHRINK_PERCENT < bytes() * 100
        && merge();
  }

  private boolean merge() {
    if (buckets == base) {
      base >>= 1;
    }
    int from = directory.handle(buckets - 1);
    int to = directory.handle(buckets - 1 - base);
    int spare = slabs.allocateFixed();
    if (spare == 0) {
      base = buckets == 2 * base ? buckets : base;
      return false;
    }
    chain.take(to);
    chain.takeMore(from);
    int taken = chain.overflowCount();
    chain.addSpare(spare);
    for (int i = 0; i < chain.count(); i++) {
      chain.append(true, to, chain.tag(i), chain.item(i));
    }
    overflowBuckets -= taken - chain.overflowUsed();
    chain.freeSpare(slabs);
    buckets--;
    directory.uncover(buckets);
    return true;
  }

  /** Shows the visitor, which may remove what it is shown, the items in one bucket. */
  void visit(int bucket, Visitor visitor) {
    int items = chain.copy(directory.handle(bucket));
    for (int i = 0; i < items; i++) {
      visitor.item(chain.copied(i));
    }
  }

  /** How many buckets there are; {@link #visit} takes 0 up to this. */
  int buckets() {
    return buckets;
  }

  /** How many items there are. */
  int count() {
    return count;
  }

  /** Bytes of the buckets in use. */
  long bytes() {
    return (long) (buckets + overflowBuckets) * Buckets.BYTES;
  }

  /** Tells whether an item with this hash is entered exactly once; for tests. */
  boolean holdsOnce(long hash, int item) {
    int found = 0;
    for (int bucket = head(hash); bucket != 0; bucket = layout.overflow(bucket)) {
      found += layout.placeOf(bucket, tag(hash), item) >= 0 ? 1 : 0;
    }
    return found == 1;
  }
}

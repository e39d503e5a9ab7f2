package dev.flagstone.datanode.store;

import dev.flagstone.datanode.slab.SlabAllocator;
import java.util.Arrays;

/**
 * The entries of a bucket and its overflow buckets, taken out in order to be put elsewhere. Its
 * arrays are kept from one use to the next and grow only with the longest chain ever seen.
 *
 * <p>The overflow buckets that a chain had are used again: a split never needs more of them than
 * there were, and a merge at most one more.
 */
final class BucketChain {

  private final Buckets layout;
  private int[] handles = new int[64];
  private byte[] tags = new byte[64];
  private int count;
  private int[] copies = new int[64];
  private int[] spare = new int[8];
  private int spares;
  private int overflowUsed;
  private final int[] writing = new int[2];
  private final int[] written = new int[2];

  BucketChain(Buckets layout) {
    this.layout = layout;
  }

  /** Takes all entries of a chain; the bucket is empty then. */
  void take(int bucket) {
    count = 0;
    spares = 0;
    overflowUsed = 0;
    Arrays.fill(writing, 0);
    Arrays.fill(written, 0);
    takeMore(bucket);
  }

  /** Takes the entries of one more chain. */
  void takeMore(int bucket) {
    for (int at = bucket; at != 0; at = layout.overflow(at)) {
      for (int place = 0; place < Buckets.PLACES; place++) {
        int tag = layout.tag(at, place);
        if (tag != 0) {
          if (count == handles.length) {
            handles = Arrays.copyOf(handles, 2 * count);
            tags = Arrays.copyOf(tags, 2 * count);
          }
          tags[count] = (byte) tag;
          handles[count++] = layout.handle(at, place);
        }
      }
      if (at != bucket) {
        addSpare(at);
      }
    }
    layout.clear(bucket);
  }

  int count() {
    return count;
  }

  int item(int i) {
    return handles[i];
  }

  int tag(int i) {
    return tags[i] & 0xFF;
  }

  /** How many overflow buckets are there to be used again. */
  int overflowCount() {
    return spares;
  }

  int overflowUsed() {
    return overflowUsed;
  }

  void addSpare(int bucket) {
    if (spares == spare.length) {
      spare = Arrays.copyOf(spare, 2 * spares);
    }
    spare[spares++] = bucket;
  }

  /**
   * Appends an entry to the first or the second of two new chains, which begins in {@code bucket}.
   */
  void append(boolean first, int bucket, int tag, int item) {
    int which = first ? 0 : 1;
    int place = written[which]++ % Buckets.PLACES;
    if (written[which] == 1) {
      writing[which] = bucket;
    } else if (place == 0) {
      int next = spare[--spares];
      overflowUsed++;
      layout.clear(next);
      layout.overflow(writing[which], next);
      writing[which] = next;
    }
    layout.put(writing[which], place, tag, item);
  }

  /** Frees the overflow buckets that were not used again. */
  void freeSpare(SlabAllocator slabs) {
    while (spares > 0) {
      slabs.free(spare[--spares]);
    }
  }

  /** Copies the items of a chain and leaves it as it is; returns how many there are. */
  int copy(int bucket) {
    int copied = 0;
    for (int at = bucket; at != 0; at = layout.overflow(at)) {
      for (int place = 0; place < Buckets.PLACES; place++) {
        if (layout.tag(at, place) != 0) {
          if (copied == copies.length) {
            copies = Arrays.copyOf(copies, 2 * copied);
          }
          copies[copied++] = layout.handle(at, place);
        }
      }
    }
    return copied;
  }

  int copied(int i) {
    return copies[i];
  }
}

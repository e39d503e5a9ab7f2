package dev.flagstone.datanode.store;

import dev.flagstone.datanode.slab.SlabAllocator;
import dev.flagstone.datanode.slab.SlabMemory;
import java.util.Arrays;

/**
 * The entries of a bucket and its overflow buckets, taken out in order to be put elsewhere. Its
 * arrays are kept from one use to the next and grow only with the longest chain ever seen.
 *
 * <p>The overflow buckets that a chain had are used again: a split never needs more of them than
 * there were, and a merge at most one more.
 */
final class BucketChain {

  private static final int OVERFLOW = 12;
  private static final int HANDLES = 16;

  private final SlabMemory memory;
  private int[] handles = new int[64];
  private byte[] tags = new byte[64];
  private int count;
  private int[] copies = new int[64];
  private int[] spare = new int[8];
  private int spares;
  private int overflowUsed;
  private final int[] writing = new int[2];
  private final int[] written = new int[2];

  BucketChain(SlabMemory memory) {
    this.memory = memory;
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
    for (int at = bucket; at != 0; at = memory.getInt(at, OVERFLOW)) {
      for (int place = 0; place < ItemIndex.PLACES; place++) {
        int tag = memory.getByte(at, place);
        if (tag != 0) {
          if (count == handles.length) {
            handles = Arrays.copyOf(handles, 2 * count);
            tags = Arrays.copyOf(tags, 2 * count);
          }
          tags[count] = (byte) tag;
          handles[count++] = memory.getInt(at, HANDLES + place * Integer.BYTES);
        }
      }
      if (at != bucket) {
        addSpare(at);
      }
    }
    memory.clear(bucket, 0, ItemIndex.BUCKET_BYTES);
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
    int place = written[which]++ % ItemIndex.PLACES;
    if (written[which] == 1) {
      writing[which] = bucket;
    } else if (place == 0) {
      int next = spare[--spares];
      overflowUsed++;
      memory.clear(next, 0, ItemIndex.BUCKET_BYTES);
      memory.putInt(writing[which], OVERFLOW, next);
      writing[which] = next;
    }
    memory.putByte(writing[which], place, tag);
    memory.putInt(writing[which], HANDLES + place * Integer.BYTES, item);
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
    for (int at = bucket; at != 0; at = memory.getInt(at, OVERFLOW)) {
      for (int place = 0; place < ItemIndex.PLACES; place++) {
        if (memory.getByte(at, place) != 0) {
          if (copied == copies.length) {
            copies = Arrays.copyOf(copies, 2 * copied);
          }
          copies[copied++] = memory.getInt(at, HANDLES + place * Integer.BYTES);
        }
      }
    }
    return copied;
  }

  int copied(int i) {
    return copies[i];
  }
}

package dev.flagstone.datanode.store;

import dev.flagstone.datanode.slab.SlabGeometry;
import dev.flagstone.datanode.slab.SlabMemory;

/**
 * The layout of an index's buckets, a cache line each.
 *
 * <pre>
 *  0  12 tags of 8 bits, 0 where the place is empty
 * 12  int: the handle of an overflow bucket, or 0
 * 16  12 ints: handles of items
 * </pre>
 */
final class Buckets {

  /** Bytes of a bucket. */
  static final int BYTES = 64;

  /** What a bucket adds to a handle. */
  static final int UNITS = BYTES / SlabGeometry.UNIT_BYTES;

  /** How many items a bucket holds. */
  static final int PLACES = 12;

  private static final int TAGS_OF_LONG = 8;
  private static final int OVERFLOW = 12;
  private static final int HANDLES = 16;
  private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;
  private static final long EACH_BYTE = 0x0101010101010101L;

  /** The second long of a bucket holds four tags only. */
  private static final long UPPER_TAGS = 0xFFFF_FFFFL;

  private final SlabMemory memory;

  Buckets(SlabMemory memory) {
    this.memory = memory;
  }

  /** The top bit of each byte of {@code tags} that equals {@code tag}, exactly. */
  private static long matches(long tags, long tag) {
    long x = tags ^ tag * EACH_BYTE;
    return ~(((x & LOW_BITS) + LOW_BITS) | x | LOW_BITS);
  }

  /** The matches of a tag among places 0 to 7, for {@link #lowPlace}. */
  long lowMatches(int bucket, int tag) {
    return matches(memory.getLong(bucket, 0), tag);
  }

  /** The matches of a tag among places 8 to 11, for {@link #highPlace}. */
  long highMatches(int bucket, int tag) {
    return matches(memory.getLong(bucket, TAGS_OF_LONG), tag) & UPPER_TAGS;
  }

  /** The first place of matches that are not 0. */
  static int lowPlace(long matches) {
    return Long.numberOfTrailingZeros(matches) >>> 3;
  }

  static int highPlace(long matches) {
    return TAGS_OF_LONG + lowPlace(matches);
  }

  int handle(int bucket, int place) {
    return memory.getInt(bucket, HANDLES + place * Integer.BYTES);
  }

  /** The tag at a place, 0 if it is empty. */
  int tag(int bucket, int place) {
    return memory.getByte(bucket, place);
  }

  void put(int bucket, int place, int tag, int handle) {
    memory.putByte(bucket, place, tag);
    memory.putInt(bucket, HANDLES + place * Integer.BYTES, handle);
  }

  int overflow(int bucket) {
    return memory.getInt(bucket, OVERFLOW);
  }

  void overflow(int bucket, int next) {
    memory.putInt(bucket, OVERFLOW, next);
  }

  /** Empties a bucket. */
  void clear(int bucket) {
    memory.clear(bucket, 0, BYTES);
  }

  /** Reads a bucket, so that the processor has it at hand. */
  int warm(int bucket) {
    return memory.getInt(bucket, 0);
  }

  /** The first empty place, or -1. */
  int emptyPlace(int bucket) {
    long low = lowMatches(bucket, 0);
    if (low != 0) {
      return lowPlace(low);
    }
    long high = highMatches(bucket, 0);
    return high != 0 ? highPlace(high) : -1;
  }

  /** The last place that is not empty, or -1. */
  int lastPlace(int bucket) {
    int place = PLACES - 1;
    while (place >= 0 && tag(bucket, place) == 0) {
      place--;
    }
    return place;
  }

  /** The place of an item with this tag, or -1. */
  int placeOf(int bucket, int tag, int item) {
    for (long low = lowMatches(bucket, tag); low != 0; low &= low - 1) {
      if (handle(bucket, lowPlace(low)) == item) {
        return lowPlace(low);
      }
    }
    for (long high = highMatches(bucket, tag); high != 0; high &= high - 1) {
      if (handle(bucket, highPlace(high)) == item) {
        return highPlace(high);
      }
    }
    return -1;
  }
}

package dev.flagstone.datanode.store;

import dev.flagstone.datanode.slab.SlabAllocator;
import dev.flagstone.datanode.slab.SlabGeometry;
import dev.flagstone.datanode.slab.SlabMemory;
import java.util.Arrays;

/**
 * The ghost queue of S3-FIFO: fingerprints of the items that were evicted from the small queue
 * lately.
 *
 * <p>A table of buckets of a cache line each: 31 fingerprints of 16 bits and, before them, the
 * place of the oldest, which the next one overwrites. How many of the 31 places are in use follows
 * from how many items it shall remember. It grows by one page at a time, as a linear hash table
 * does, but since a fingerprint cannot tell which of two pages it belongs to, the page that is
 * split is copied: what is looked for is found in either, and the wrong copy ages away. A
 * fingerprint is mistaken for another about once in 2,000 look-ups.
 */
final class GhostTable {

  private static final int BUCKET_BYTES = 64;
  private static final int BUCKET_UNITS = BUCKET_BYTES / SlabGeometry.UNIT_BYTES;
  private static final int PLACES = 31;

  /** Where the fingerprint is taken from: bits that choose neither slot nor bucket. */
  private static final int FINGERPRINT_SHIFT = 36;

  private final SlabAllocator slabs;
  private final SlabMemory memory;
  private final int pageBytes;
  private final int bucketsPerPage;
  private final int pageShift;
  private int[] pages = new int[4];
  private int count;
  private int base = 1;

  GhostTable(SlabAllocator slabs) {
    this.slabs = slabs;
    this.memory = slabs.pool().memory();
    this.pageBytes = slabs.pool().geometry().pageBytes();
    this.bucketsPerPage = pageBytes / BUCKET_BYTES;
    this.pageShift = Integer.numberOfTrailingZeros(bucketsPerPage);
  }

  /** Bytes of memory that the table takes. */
  long bytes() {
    return (long) count * pageBytes;
  }

  /** Tells whether the table is too small to remember {@code wanted} items. */
  boolean isTooSmallFor(int wanted) {
    return wanted > (long) count * bucketsPerPage * PLACES;
  }

  /**
   * Grows the table by a page. May move items.
   *
   * @return whether there was one
   */
  boolean grow() {
    int page = slabs.allocatePage();
    if (page == 0) {
      return false;
    }
    if (count == pages.length) {
      pages = Arrays.copyOf(pages, 2 * count);
    }
    if (count == 0) {
      memory.clear(page, 0, pageBytes);
    } else {
      memory.copy(pages[count - base], 0, page, 0, pageBytes);
    }
    pages[count++] = page;
    if (count == 2 * base) {
      base = count;
    }
    return true;
  }

  /** Tells whether the table could do with a page less and still remember twice as many. */
  boolean isTooLargeFor(int wanted) {
    return count > 1 && 2L * wanted < (long) (count - 1) * bucketsPerPage * PLACES;
  }

  /**
   * Gives a page back, with all that only it remembers, and returns its bytes; there must be one.
   */
  long shrink() {
    slabs.freePage(pages[--count]);
    if (count < base) {
      base >>= 1;
    }
    return pageBytes;
  }

  /** Gives all memory back. */
  void clear() {
    while (count > 0) {
      slabs.freePage(pages[--count]);
    }
    base = 1;
  }

  private int bucket(long hash) {
    int page = (int) hash >>> pageShift & 2 * base - 1;
    if (page >= count) {
      page -= base;
    }
    return pages[page] + ((int) hash & bucketsPerPage - 1) * BUCKET_UNITS;
  }

  private static int fingerprint(long hash) {
    int bits = (int) (hash >>> FINGERPRINT_SHIFT) & 0xFFFF;
    return bits == 0 ? 1 : bits;
  }

  /** Remembers an item, together with about {@code wanted} others. */
  void add(long hash, int wanted) {
    if (count == 0) {
      return;
    }
    int bucket = bucket(hash);
    int places = Math.max(1, Math.min(PLACES, wanted / (count * bucketsPerPage) + 1));
    int place = memory.getShort(bucket, 0);
    if (place >= places) {
      place = 0;
    }
    memory.putShort(bucket, 2 + 2 * place, fingerprint(hash));
    memory.putShort(bucket, 0, place + 1);
  }

  /** Tells whether the item is remembered, and forgets it. */
  boolean remove(long hash) {
    if (count == 0) {
      return false;
    }
    int bucket = bucket(hash);
    int fingerprint = fingerprint(hash);
    for (int at = 2; at < BUCKET_BYTES; at += 2) {
      if (memory.getShort(bucket, at) == fingerprint) {
        memory.putShort(bucket, at, 0);
        return true;
      }
    }
    return false;
  }
}

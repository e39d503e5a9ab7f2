package dev.flagstone.datanode.store;

import dev.flagstone.datanode.slab.SlabAllocator;
import java.util.Arrays;

/** Where the buckets of an index lie: a page for each run of them. */
final class BucketDirectory {

  private final SlabAllocator slabs;
  private final int bucketsPerPage;
  private final int shift;
  private int[] pages = new int[16];
  private int count;

  BucketDirectory(SlabAllocator slabs) {
    this.slabs = slabs;
    this.bucketsPerPage = slabs.pool().geometry().pageBytes() / Buckets.BYTES;
    this.shift = Integer.numberOfTrailingZeros(bucketsPerPage);
  }

  int bucketsPerPage() {
    return bucketsPerPage;
  }

  int handle(int bucket) {
    return pages[bucket >>> shift] + (bucket & bucketsPerPage - 1) * Buckets.UNITS;
  }

  /** Sees to memory for {@code buckets}, and tells whether there is. New buckets are empty. */
  boolean cover(int buckets) {
    int needed = (buckets + bucketsPerPage - 1) >>> shift;
    while (count < needed) {
      int page = slabs.allocatePage();
      if (page == 0) {
        return false;
      }
      slabs.pool().memory().clear(page, 0, bucketsPerPage * Buckets.BYTES);
      if (count == pages.length) {
        pages = Arrays.copyOf(pages, 2 * count);
      }
      pages[count++] = page;
    }
    return true;
  }

  /** Frees what {@code buckets} do not need. */
  void uncover(int buckets) {
    int needed = (buckets + bucketsPerPage - 1) >>> shift;
    while (count > needed) {
      slabs.freePage(pages[--count]);
    }
  }
}

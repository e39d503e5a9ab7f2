package dev.flagstone.datanode.store;

import dev.flagstone.datanode.slab.SlabAllocator;
import dev.flagstone.datanode.slab.SlabGeometry;
import java.util.Arrays;

/** Where the buckets of an index lie: a page for each run of them. */
final class BucketDirectory {

  private static final int BUCKET_UNITS = ItemIndex.BUCKET_BYTES / SlabGeometry.UNIT_BYTES;

  private final SlabAllocator slabs;
  private final int bucketsPerPage;
  private final int shift;
  private int[] pages = new int[16];
  private int count;

  BucketDirectory(SlabAllocator slabs) {
    this.slabs = slabs;
    this.bucketsPerPage = slabs.pool().geometry().pageBytes() / ItemIndex.BUCKET_BYTES;
    this.shift = Integer.numberOfTrailingZeros(bucketsPerPage);
  }

  int bucketsPerPage() {
    return bucketsPerPage;
  }

  int handle(int bucket) {
    return pages[bucket >>> shift] + (bucket & bucketsPerPage - 1) * BUCKET_UNITS;
  }

  /** Sees to memory for {@code buckets}, and tells whether there is. New buckets are empty. */
  boolean cover(int buckets) {
    int needed = (buckets + bucketsPerPage - 1) >>> shift;
    while (count < needed) {
      int page = slabs.allocatePage();
      if (page == 0) {
        return false;
      }
      slabs.pool().memory().clear(page, 0, bucketsPerPage * ItemIndex.BUCKET_BYTES);
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

package dev.flagstone.datanode.slab;

/** Walks all pages of a shard and compares them with the allocator's counts. */
final class SlabAudit {

  private final PagePool pool;
  private final SlabGeometry geometry;
  private final PageTable table;
  private final int shard;

  SlabAudit(PagePool pool, int shard) {
    this.pool = pool;
    this.geometry = pool.geometry();
    this.table = pool.table();
    this.shard = shard;
  }

  void check(SlabAllocator allocator) {
    int[] used = new int[geometry.classes()];
    int[] free = new int[geometry.classes()];
    int held = 0;
    for (int page = 1; page <= pool.pages(); page++) {
      if (table.shard(page) == shard) {
        held++;
        int slabClass = table.slabClass(page);
        if (slabClass >= 0) {
          used[slabClass] += table.used(page);
          free[slabClass] += freeOf(allocator, page, slabClass);
        }
      }
    }
    require(held == allocator.heldPages(), "held pages");
    long bytes = 0;
    for (int slabClass = 0; slabClass < used.length; slabClass++) {
      require(used[slabClass] == allocator.usedChunks(slabClass), "used chunks of " + slabClass);
      require(free[slabClass] == allocator.freeChunks(slabClass), "free chunks of " + slabClass);
      require(listedFree(allocator, slabClass) == free[slabClass], "listed pages of " + slabClass);
      bytes += (long) used[slabClass] * geometry.chunkBytes(slabClass);
    }
    require(bytes == allocator.usedBytes(), "used bytes");
  }

  private int freeOf(SlabAllocator allocator, int page, int slabClass) {
    int listed = 0;
    for (int chunk = table.freeChunk(page); chunk != 0; chunk = pool.memory().getInt(chunk, 0)) {
      require(allocator.pageOf(chunk) == page, "a free chunk in another page's list");
      listed++;
    }
    int perPage = geometry.chunksPerPage(slabClass);
    require(table.used(page) > 0, "an empty page that is kept");
    require(listed + table.used(page) == table.bump(page), "used + listed = bump");
    return perPage - table.used(page);
  }

  private int listedFree(SlabAllocator allocator, int slabClass) {
    int free = 0;
    int prev = PagePool.NONE;
    for (int page = allocator.openPageOf(slabClass);
        page != PagePool.NONE;
        page = table.next(page)) {
      require(table.prev(page) == prev && table.slabClass(page) == slabClass, "page links");
      free += geometry.chunksPerPage(slabClass) - table.used(page);
      prev = page;
    }
    return free;
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new AssertionError("slabs are inconsistent: " + what);
    }
  }
}

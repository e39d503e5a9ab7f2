package dev.flagstone.datanode.slab;

/** Moves the live chunks of a page to other pages of its class. */
final class PageEvacuation {

  private final SlabAllocator allocator;
  private final SlabMemory memory;
  private final PageTable table;
  private final Relocator relocator;
  private final long[] freeBits;

  PageEvacuation(SlabAllocator allocator, SlabMemory memory, PageTable table, Relocator relocator) {
    this.allocator = allocator;
    this.memory = memory;
    this.table = table;
    this.relocator = relocator;
    this.freeBits = new long[mostChunksPerPage(allocator.pool().geometry()) / Long.SIZE + 1];
  }

  private static int mostChunksPerPage(SlabGeometry geometry) {
    int most = 0;
    for (int slabClass = 0; slabClass < geometry.classes(); slabClass++) {
      most = Math.max(most, geometry.chunksPerPage(slabClass));
    }
    return most;
  }

  /**
   * Moves all; the class's other pages must have room, and the page must not be in the class's
   * list.
   */
  void run(int page, int slabClass) {
    int chunkBytes = allocator.pool().geometry().chunkBytes(slabClass);
    int bump = table.bump(page);
    markFree(page, chunkBytes / SlabGeometry.UNIT_BYTES);
    for (int index = 0; index < bump; index++) {
      if ((freeBits[index >> 6] & 1L << index) == 0) {
        int from = allocator.chunkAt(slabClass, page, index);
        int to = allocator.takeChunk(slabClass, allocator.openPageOf(slabClass));
        memory.copy(from, 0, to, 0, chunkBytes);
        relocator.moved(from, to);
      }
    }
  }

  private void markFree(int page, int chunkUnits) {
    java.util.Arrays.fill(freeBits, 0);
    int first = allocator.firstHandle(page);
    for (int chunk = table.freeChunk(page); chunk != 0; chunk = memory.getInt(chunk, 0)) {
      int index = (chunk - first) / chunkUnits;
      freeBits[index >> 6] |= 1L << index;
    }
  }
}

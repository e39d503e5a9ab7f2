package dev.flagstone.datanode.slab;

/**
 * A shard's chunks: takes pages from the node's pool, cuts them into chunks of a class, and gives
 * them back when they are empty. Confined to its shard's thread.
 *
 * <p>Each page keeps a list of its own free chunks, and each class a list of its pages that have
 * any. A page that was full and gets a free chunk goes to the head of that list, where the next
 * allocation looks, so the fullest pages are filled again and the emptiest drift to the tail. When
 * the pool has no page left, a page's worth of free chunks in any class is turned into a free page
 * by moving the live chunks of one of its emptiest pages ({@link Relocator}); so memory follows the
 * sizes that are asked for.
 */
public final class SlabAllocator {

  /**
   * How far up a request may go for a chunk, when its own class has none and a page could still be
   * made.
   */
  private static final int SPILL_CLASSES = 1;

  /** How far up it may go when no page can be made. */
  private static final int LAST_SPILL_CLASSES = 4;

  private final PagePool pool;
  private final SlabGeometry geometry;
  private final SlabMemory memory;
  private final PageTable table;
  private final PageEvacuation evacuation;
  private final int shard;
  private final PageLists open;
  private final int[] freeChunks;
  private final int[] usedChunks;
  private int heldPages;
  private long usedBytes;

  /** Makes the allocator of a shard (0 or more), which tells {@code relocator} what it moves. */
  public SlabAllocator(PagePool pool, int shard, Relocator relocator) {
    this.pool = pool;
    this.geometry = pool.geometry();
    this.memory = pool.memory();
    this.table = pool.table();
    this.shard = shard;
    this.open = new PageLists(table, geometry.classes());
    this.freeChunks = new int[geometry.classes()];
    this.usedChunks = new int[geometry.classes()];
    this.evacuation = new PageEvacuation(this, memory, table, relocator);
  }

  /**
   * A chunk of at least {@code bytes} (up to the largest chunk), or 0 if there is none to be had.
   * Its bytes are undefined. May move other chunks.
   */
  public int allocate(int bytes) {
    int slabClass = geometry.classFor(bytes);
    int page = open.head(slabClass);
    return page != PagePool.NONE ? takeChunk(slabClass, page) : allocateSlowly(slabClass);
  }

  /**
   * A chunk of {@link SlabGeometry#FIXED_CLASS}, which is never moved, or 0. May move other chunks.
   */
  public int allocateFixed() {
    int page = open.head(SlabGeometry.FIXED_CLASS);
    if (page == PagePool.NONE) {
      page = openPage(SlabGeometry.FIXED_CLASS, takePage());
    }
    return page == PagePool.NONE ? 0 : takeChunk(SlabGeometry.FIXED_CLASS, page);
  }

  private int allocateSlowly(int slabClass) {
    int page = openPage(slabClass, pool.take());
    if (page != PagePool.NONE) {
      return takeChunk(slabClass, page);
    }
    int chunk = spill(slabClass, SPILL_CLASSES);
    if (chunk != 0) {
      return chunk;
    }
    page = openPage(slabClass, evacuate());
    return page != PagePool.NONE
        ? takeChunk(slabClass, page)
        : spill(slabClass, LAST_SPILL_CLASSES);
  }

  private int spill(int slabClass, int classes) {
    int last = Math.min(slabClass + classes, geometry.classes() - 1);
    for (int other = slabClass + 1; other <= last; other++) {
      if (open.head(other) != PagePool.NONE) {
        return takeChunk(other, open.head(other));
      }
    }
    return 0;
  }

  /**
   * Any free chunk of at least {@code leastBytes}, the largest that there is: for whoever can chain
   * chunks when {@link #allocate} finds none. Moves nothing.
   */
  public int allocateAny(int leastBytes) {
    int least = geometry.classFor(leastBytes);
    for (int slabClass = geometry.classes() - 1; slabClass >= least; slabClass--) {
      if (open.head(slabClass) != PagePool.NONE) {
        return takeChunk(slabClass, open.head(slabClass));
      }
    }
    return 0;
  }

  /** Frees a chunk; the page goes back to the pool if it was the last one in it. */
  public void free(int handle) {
    int page = pageOf(handle);
    int slabClass = table.slabClass(page);
    memory.putInt(handle, 0, table.freeChunk(page));
    table.freeChunk(page, handle);
    int used = table.addUsed(page, -1);
    freeChunks[slabClass]++;
    usedChunks[slabClass]--;
    usedBytes -= geometry.chunkBytes(slabClass);
    if (used == geometry.chunksPerPage(slabClass) - 1) {
      open.push(slabClass, page);
    }
    if (used == 0) {
      open.remove(slabClass, page);
      freeChunks[slabClass] -= geometry.chunksPerPage(slabClass);
      givePage(page);
    }
  }

  /**
   * The handle of a whole page for whoever needs no chunks, or 0. Its bytes are undefined. May move
   * chunks.
   */
  public int allocatePage() {
    int page = takePage();
    if (page == PagePool.NONE) {
      return 0;
    }
    heldPages++;
    table.openWhole(page, shard);
    return firstHandle(page);
  }

  /** Frees what {@link #allocatePage} returned. */
  public void freePage(int handle) {
    givePage(pageOf(handle));
  }

  /**
   * Gives a page to the pool, if some class has more than a page's worth of free chunks.
   *
   * @return whether it did
   */
  public boolean compact() {
    int page = evacuate();
    if (page == PagePool.NONE) {
      return false;
    }
    pool.give(page);
    return true;
  }

  private int takePage() {
    int page = pool.take();
    return page != PagePool.NONE ? page : evacuate();
  }

  private void givePage(int page) {
    table.close(page);
    heldPages--;
    pool.give(page);
  }

  private int openPage(int slabClass, int page) {
    if (page != PagePool.NONE) {
      heldPages++;
      table.open(page, shard, slabClass);
      freeChunks[slabClass] += geometry.chunksPerPage(slabClass);
      open.push(slabClass, page);
    }
    return page;
  }

  /** Takes a chunk of a page that has a free one. */
  int takeChunk(int slabClass, int page) {
    int chunk = table.freeChunk(page);
    if (chunk != 0) {
      table.freeChunk(page, memory.getInt(chunk, 0));
    } else {
      int bump = table.bump(page);
      chunk = chunkAt(slabClass, page, bump);
      table.bump(page, bump + 1);
    }
    freeChunks[slabClass]--;
    usedChunks[slabClass]++;
    usedBytes += geometry.chunkBytes(slabClass);
    if (table.addUsed(page, 1) == geometry.chunksPerPage(slabClass)) {
      open.remove(slabClass, page);
    }
    return chunk;
  }

  /**
   * Empties a page of the class where that moves the fewest bytes; {@link PagePool#NONE} if none
   * has room.
   */
  private int evacuate() {
    int best = PagePool.NONE;
    int bestBytes = Integer.MAX_VALUE;
    for (int slabClass = 1; slabClass < freeChunks.length; slabClass++) {
      if (freeChunks[slabClass] < geometry.chunksPerPage(slabClass)) {
        continue;
      }
      int page = open.emptiest(slabClass);
      int bytes = table.used(page) * geometry.chunkBytes(slabClass);
      if (bytes < bestBytes) {
        best = page;
        bestBytes = bytes;
      }
    }
    if (best != PagePool.NONE) {
      evacuate(best);
    }
    return best;
  }

  private void evacuate(int page) {
    int slabClass = table.slabClass(page);
    int moving = table.used(page);
    open.remove(slabClass, page);
    freeChunks[slabClass] -= geometry.chunksPerPage(slabClass) - moving;
    evacuation.run(page, slabClass);
    usedChunks[slabClass] -= moving;
    usedBytes -= (long) moving * geometry.chunkBytes(slabClass);
    table.close(page);
    heldPages--;
  }

  /** A page of the class with a free chunk, which must exist. */
  int openPageOf(int slabClass) {
    return open.head(slabClass);
  }

  int pageOf(int handle) {
    return handle >>> geometry.pageUnitShift();
  }

  int firstHandle(int page) {
    return page << geometry.pageUnitShift();
  }

  int chunkAt(int slabClass, int page, int index) {
    return firstHandle(page) + index * (geometry.chunkBytes(slabClass) / SlabGeometry.UNIT_BYTES);
  }

  /** The class of a chunk in use. */
  public int classOf(int handle) {
    return table.slabClass(pageOf(handle));
  }

  /** Bytes of a chunk in use. */
  public int chunkBytes(int handle) {
    return geometry.chunkBytes(classOf(handle));
  }

  /** How many pages the shard has. */
  public int heldPages() {
    return heldPages;
  }

  /** Bytes of the chunks in use, without pages that are used as a whole. */
  public long usedBytes() {
    return usedBytes;
  }

  /** How many chunks of the class are in use. */
  public int usedChunks(int slabClass) {
    return usedChunks[slabClass];
  }

  /** How many chunks of the class are free in pages of this shard. */
  public int freeChunks(int slabClass) {
    return freeChunks[slabClass];
  }

  /** The node's pages. */
  public PagePool pool() {
    return pool;
  }

  /** Checks that every page's and every class's numbers agree with each other; for tests. */
  public void assertConsistent() {
    new SlabAudit(pool, shard).check(this);
  }
}

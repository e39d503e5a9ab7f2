package dev.flagstone.datanode.slab;

/**
 * What is known of each page: who has it, its class, its chunks. Eight numbers a page in one array,
 * which is half a cache line, so that looking a page up costs one miss.
 *
 * <p>A page's entry belongs to whoever has taken the page from the pool; the pool hands it over
 * with it.
 */
final class PageTable {

  /** Owner and use of a page that nobody has. */
  private static final int FREE = 0;

  private static final int STRIDE_SHIFT = 3;
  private static final int OWNER = 0;
  private static final int USED = 1;
  private static final int FREE_CHUNK = 2;
  private static final int BUMP = 3;
  private static final int PREV = 4;
  private static final int NEXT = 5;
  private static final int CLASS_BITS = 8;

  private final int[] cells;

  PageTable(int pages) {
    cells = new int[pages << STRIDE_SHIFT];
  }

  private static int at(int page, int field) {
    return (page << STRIDE_SHIFT) + field;
  }

  /** Enters a page that is about to be cut into chunks of a class. */
  void open(int page, int shard, int slabClass) {
    cells[at(page, OWNER)] = ((shard + 1) << CLASS_BITS) | (slabClass + 1);
    cells[at(page, USED)] = 0;
    cells[at(page, FREE_CHUNK)] = 0;
    cells[at(page, BUMP)] = 0;
  }

  /** Enters a page that is used as a whole. */
  void openWhole(int page, int shard) {
    open(page, shard, -1);
  }

  /** Strikes out a page that goes back to the pool. */
  void close(int page) {
    cells[at(page, OWNER)] = FREE;
  }

  /** The shard that has the page, or -1. */
  int shard(int page) {
    return (cells[at(page, OWNER)] >> CLASS_BITS) - 1;
  }

  /** The class of the page's chunks, or -1 if it is used as a whole or not at all. */
  int slabClass(int page) {
    return (cells[at(page, OWNER)] & (1 << CLASS_BITS) - 1) - 1;
  }

  int used(int page) {
    return cells[at(page, USED)];
  }

  /** Adds to the number of chunks in use and returns the new one. */
  int addUsed(int page, int more) {
    return cells[at(page, USED)] += more;
  }

  /** The head of the page's list of chunks that were in use and are free now. */
  int freeChunk(int page) {
    return cells[at(page, FREE_CHUNK)];
  }

  void freeChunk(int page, int handle) {
    cells[at(page, FREE_CHUNK)] = handle;
  }

  /** How many chunks of the page have ever been in use: those behind are free. */
  int bump(int page) {
    return cells[at(page, BUMP)];
  }

  void bump(int page, int count) {
    cells[at(page, BUMP)] = count;
  }

  int prev(int page) {
    return cells[at(page, PREV)];
  }

  void prev(int page, int other) {
    cells[at(page, PREV)] = other;
  }

  int next(int page) {
    return cells[at(page, NEXT)];
  }

  void next(int page, int other) {
    cells[at(page, NEXT)] = other;
  }
}

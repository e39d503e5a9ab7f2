package dev.flagstone.datanode.slab;

/** For each class the pages that have a free chunk, linked both ways. */
final class PageLists {

  /** How many pages from the tail are looked at for the emptiest one. */
  private static final int CANDIDATES = 16;

  private final PageTable table;
  private final int[] heads;
  private final int[] tails;

  PageLists(PageTable table, int classes) {
    this.table = table;
    this.heads = new int[classes];
    this.tails = new int[classes];
  }

  /** The page whose chunks are taken next, or {@link PagePool#NONE}. */
  int head(int slabClass) {
    return heads[slabClass];
  }

  /** The page with the fewest chunks in use, of those near the tail. */
  int emptiest(int slabClass) {
    int best = tails[slabClass];
    int page = best;
    for (int i = 0; i < CANDIDATES && page != PagePool.NONE; i++) {
      if (table.used(page) < table.used(best)) {
        best = page;
      }
      page = table.prev(page);
    }
    return best;
  }

  /** Puts a page at the head. */
  void push(int slabClass, int page) {
    int head = heads[slabClass];
    table.prev(page, PagePool.NONE);
    table.next(page, head);
    if (head != PagePool.NONE) {
      table.prev(head, page);
    } else {
      tails[slabClass] = page;
    }
    heads[slabClass] = page;
  }

  /** Takes a page out. */
  void remove(int slabClass, int page) {
    int prev = table.prev(page);
    int next = table.next(page);
    if (prev != PagePool.NONE) {
      table.next(prev, next);
    } else {
      heads[slabClass] = next;
    }
    if (next != PagePool.NONE) {
      table.prev(next, prev);
    } else {
      tails[slabClass] = prev;
    }
  }
}

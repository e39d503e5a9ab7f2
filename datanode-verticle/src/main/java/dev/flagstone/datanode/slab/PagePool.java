package dev.flagstone.datanode.slab;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

/**
 * All pages of a data node, and the stack of those that no shard has taken. Thread-safe and free of
 * locks.
 *
 * <p>The stack is Treiber's; a count of changes beside its head keeps a page that went away and
 * came back from being mistaken for one that stayed.
 */
public final class PagePool {

  /** What {@link #take} returns when there is no page left. */
  public static final int NONE = 0;

  /** The most bytes that handles can reach: 32 GiB. */
  public static final long MAX_BYTES = 1L << 35;

  private static final long PAGE_MASK = 0xFFFF_FFFFL;
  private static final long ONE_CHANGE = 1L << Integer.SIZE;

  private final SlabGeometry geometry;
  private final SlabMemory memory;
  private final PageTable table;
  private final int pages;
  private final AtomicIntegerArray below;
  private final AtomicLong top = new AtomicLong();
  private final AtomicInteger free = new AtomicInteger();

  /**
   * Takes {@code bytes} (rounded down to whole pages, at most {@link #MAX_BYTES}) from the
   * operating system.
   *
   * @throws OutOfMemoryError if the virtual machine may not have that much direct memory
   */
  public PagePool(SlabGeometry geometry, long bytes) {
    long count = bytes / geometry.pageBytes();
    if (count < 2 || bytes > MAX_BYTES) {
      throw new IllegalArgumentException("a pool cannot have " + bytes + " bytes");
    }
    this.geometry = geometry;
    this.pages = (int) count;
    this.memory = new SlabMemory(count * geometry.pageBytes());
    this.table = new PageTable(pages);
    this.below = new AtomicIntegerArray(pages);
    // Page 0 stays unused, so that neither a page nor a handle is ever 0.
    for (int page = pages - 1; page > NONE; page--) {
      give(page);
    }
  }

  /** Takes a page, or {@link #NONE} if all are taken. */
  int take() {
    while (true) {
      long seen = top.get();
      int page = (int) seen;
      if (page == NONE) {
        return NONE;
      }
      long next = (seen & ~PAGE_MASK) + ONE_CHANGE | below.get(page);
      if (top.compareAndSet(seen, next)) {
        free.getAndDecrement();
        return page;
      }
    }
  }

  /** Gives a page back. */
  void give(int page) {
    while (true) {
      long seen = top.get();
      below.set(page, (int) seen);
      if (top.compareAndSet(seen, (seen & ~PAGE_MASK) + ONE_CHANGE | page)) {
        free.getAndIncrement();
        return;
      }
    }
  }

  /** How many pages nobody has taken; out of date as soon as it is returned. */
  public int freePages() {
    return free.get();
  }

  /** How many pages can be taken in all. */
  public int pages() {
    return pages - 1;
  }

  /** Bytes of all pages. */
  public long bytes() {
    return (long) pages() * geometry.pageBytes();
  }

  /** The sizes of pages and chunks. */
  public SlabGeometry geometry() {
    return geometry;
  }

  /** The bytes of the pages. */
  public SlabMemory memory() {
    return memory;
  }

  PageTable table() {
    return table;
  }
}

package dev.flagstone.datanode.slab;

import java.util.Arrays;

/**
 * The sizes of pages and of the chunks that each slab class cuts its pages into.
 *
 * <p>Class 0 is for the buckets of an index and never moves. The classes from 1 on are for items:
 * 8-byte steps while a factor of 1.08 would be less than two of them, then sizes that divide a page
 * by a whole number, about 1.08 apart, so that no more than a few bytes remain at a page's end. The
 * largest chunk is a twelfth of a page; what is larger is a chain of chunks.
 */
public final class SlabGeometry {

  /** The class of 64-byte chunks that are never moved. */
  public static final int FIXED_CLASS = 0;

  /** Bytes of a chunk of {@link #FIXED_CLASS}: a cache line. */
  public static final int FIXED_CHUNK_BYTES = 64;

  /** What every chunk's size and address is a multiple of, in bytes; a handle counts in it. */
  public static final int UNIT_BYTES = 8;

  private static final int UNIT_SHIFT = 3;
  private static final int SMALLEST_CHUNK_BYTES = 32;
  private static final int LEAST_CHUNKS_PER_PAGE = 12;
  private static final double GROWTH = 1.08;
  private static final double MAX_GROWTH = 1.1;
  private static final int MIN_PAGE_BYTES = 16 << 10;
  private static final int MAX_PAGE_BYTES = 64 << 10;

  /**
   * How many pages each shard should have at least, so that a page begun in each class is little.
   */
  private static final int PAGES_PER_SHARD = 8192;

  private final int pageBytes;
  private final int pageShift;
  private final int[] chunkBytes;
  private final int[] chunksPerPage;
  private final byte[] classOfUnits;

  private SlabGeometry(int pageBytes) {
    this.pageBytes = pageBytes;
    this.pageShift = Integer.numberOfTrailingZeros(pageBytes);
    this.chunkBytes = chunkSizes(pageBytes);
    this.chunksPerPage = Arrays.stream(chunkBytes).map(size -> pageBytes / size).toArray();
    this.classOfUnits = new byte[largestChunkBytes() / UNIT_BYTES + 1];
    int slabClass = 1;
    for (int units = 0; units < classOfUnits.length; units++) {
      if (units * UNIT_BYTES > chunkBytes[slabClass]) {
        slabClass++;
      }
      classOfUnits[units] = (byte) slabClass;
    }
  }

  /** The geometry with pages of {@code pageBytes}, a power of two from 16 to 64 KiB. */
  public static SlabGeometry ofPage(int pageBytes) {
    if (Integer.bitCount(pageBytes) != 1
        || pageBytes < MIN_PAGE_BYTES
        || pageBytes > MAX_PAGE_BYTES) {
      throw new IllegalArgumentException("a page is 16, 32 or 64 KiB, not " + pageBytes + " bytes");
    }
    return new SlabGeometry(pageBytes);
  }

  /**
   * The geometry for a node: larger pages where there is memory enough that the pages which its
   * shards have only begun to fill stay under one per cent of it.
   */
  public static SlabGeometry forMemory(long bytes, int shards) {
    int page = MAX_PAGE_BYTES;
    while (page > MIN_PAGE_BYTES && bytes / shards / page < PAGES_PER_SHARD) {
      page >>= 1;
    }
    return new SlabGeometry(page);
  }

  private static int[] chunkSizes(int pageBytes) {
    int[] sizes = new int[Byte.MAX_VALUE];
    int count = 0;
    sizes[count++] = FIXED_CHUNK_BYTES;
    int size = SMALLEST_CHUNK_BYTES;
    int largest = pageBytes / LEAST_CHUNKS_PER_PAGE & -UNIT_BYTES;
    while (size * (GROWTH - 1) < 2 * UNIT_BYTES) {
      sizes[count++] = size;
      size += UNIT_BYTES;
    }
    size = sizes[count - 1];
    while (size < largest) {
      size = nextSize(pageBytes, size);
      sizes[count++] = Math.min(size, largest);
    }
    return Arrays.copyOf(sizes, count);
  }

  /** The size near {@link #GROWTH} times this one that leaves the least unused at a page's end. */
  private static int nextSize(int pageBytes, int size) {
    int best = size + 2 * UNIT_BYTES;
    for (int next = best; next <= size * MAX_GROWTH; next += UNIT_BYTES) {
      if (pageBytes % next <= pageBytes % best) {
        best = next;
      }
    }
    return best;
  }

  /** Bytes of a page, a power of two. */
  public int pageBytes() {
    return pageBytes;
  }

  /** Handle units of a page, as a power of two. */
  int pageUnitShift() {
    return pageShift - UNIT_SHIFT;
  }

  /** How many classes there are, {@link #FIXED_CLASS} included. */
  public int classes() {
    return chunkBytes.length;
  }

  /** Bytes of a chunk of the class. */
  public int chunkBytes(int slabClass) {
    return chunkBytes[slabClass];
  }

  /** How many chunks a page of the class holds. */
  public int chunksPerPage(int slabClass) {
    return chunksPerPage[slabClass];
  }

  /** Bytes of the largest chunk. */
  public int largestChunkBytes() {
    return chunkBytes[chunkBytes.length - 1];
  }

  /**
   * The class with the smallest chunks that hold {@code bytes}, 0 up to {@link #largestChunkBytes}.
   */
  public int classFor(int bytes) {
    return classOfUnits[(bytes + UNIT_BYTES - 1) >> UNIT_SHIFT];
  }
}

package dev.flagstone.datanode.store;

import dev.flagstone.command.StatCounter;
import dev.flagstone.command.StatRows;
import dev.flagstone.command.StatsTopic;
import dev.flagstone.datanode.slab.SlabGeometry;
import java.util.Arrays;

/** Writes the numbers of one cache in one shard as {@link StatRows}. */
final class CacheReport {

  /** Sizes are told as multiples of this many bytes. */
  private static final int SIZE_STEP_BYTES = 32;

  private final CacheSpace space;
  private final SlabGeometry geometry;
  private byte[] bytes = new byte[64 * StatRows.ENTRY_BYTES];
  private int length;

  CacheReport(CacheSpace space, SlabGeometry geometry) {
    this.space = space;
    this.geometry = geometry;
  }

  byte[] rows(StatsTopic topic) {
    switch (topic) {
      case GENERAL -> general();
      case ITEMS, SLABS, SIZES -> {
        for (int slabClass = 1; slabClass < geometry.classes(); slabClass++) {
          classRows(topic, slabClass);
        }
      }
    }
    return Arrays.copyOf(bytes, length);
  }

  private void general() {
    CacheCounters counters = space.counters;
    put(0, StatCounter.CURR_ITEMS, space.items() - space.flushedItems);
    put(0, StatCounter.TOTAL_ITEMS, counters.stored);
    put(0, StatCounter.BYTES, space.lease.used() - space.ghost.bytes() - space.flushedBytes);
    put(0, StatCounter.EVICTIONS, counters.evictions);
    put(0, StatCounter.EXPIRATIONS, counters.expirations);
    put(0, StatCounter.RECLAIMS, counters.reclaims);
    put(0, StatCounter.OUT_OF_MEMORY, counters.outOfMemory);
  }

  private void classRows(StatsTopic topic, int slabClass) {
    CacheCounters counters = space.counters;
    int items = counters.classItems[slabClass];
    if (items == 0 && counters.classEvictions[slabClass] == 0) {
      return;
    }
    int chunkBytes = geometry.chunkBytes(slabClass);
    if (topic == StatsTopic.SIZES) {
      // A class stands for its items' mean size: no size is kept per item count, and no walk is
      // worth it.
      long mean = items == 0 ? 0 : counters.classBytes[slabClass] / items;
      int row = (int) (mean + SIZE_STEP_BYTES - 1) / SIZE_STEP_BYTES * SIZE_STEP_BYTES;
      put(row, StatCounter.SIZE_ITEMS, items);
      return;
    }
    put(slabClass, StatCounter.CHUNK_SIZE, chunkBytes);
    put(slabClass, StatCounter.CLASS_ITEMS, items);
    put(slabClass, StatCounter.CLASS_BYTES, counters.classBytes[slabClass]);
    put(slabClass, StatCounter.USED_CHUNKS, counters.classChunkBytes[slabClass] / chunkBytes);
    put(slabClass, StatCounter.CLASS_EVICTIONS, counters.classEvictions[slabClass]);
  }

  private void put(int row, StatCounter counter, long value) {
    if (length + StatRows.ENTRY_BYTES > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
    length = StatRows.put(bytes, length, row, counter, value);
  }
}

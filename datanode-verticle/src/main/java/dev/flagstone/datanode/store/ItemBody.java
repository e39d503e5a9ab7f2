package dev.flagstone.datanode.store;

import dev.flagstone.datanode.slab.SlabAllocator;
import dev.flagstone.datanode.slab.SlabMemory;

/** The values of items, whether they lie in one chunk or in a chain of them. */
final class ItemBody {

  private final SlabMemory memory;
  private final SlabAllocator slabs;
  private final Items items;

  ItemBody(SlabAllocator slabs, Items items) {
    this.memory = slabs.pool().memory();
    this.slabs = slabs;
    this.items = items;
  }

  /** Copies {@code count} bytes of the value from {@code from} on to an array. */
  void read(int item, int from, byte[] target, int targetOffset, int count) {
    int meta = items.meta(item);
    int start = Items.keyOffset(meta) + items.keyLength(item);
    if ((meta & Items.CHAINED) == 0) {
      memory.copyOut(item, start + from, target, targetOffset, count);
      return;
    }
    int chunk = item;
    int skip = from;
    int done = 0;
    while (done < count) {
      int room = slabs.chunkBytes(chunk) - start;
      if (skip < room) {
        int part = Math.min(room - skip, count - done);
        memory.copyOut(chunk, start + skip, target, targetOffset + done, part);
        done += part;
        skip = 0;
      } else {
        skip -= room;
      }
      chunk = next(item, chunk);
      start = Items.PIECE_HEADER_BYTES;
    }
  }

  /** Copies {@code count} bytes of an array to the value, from {@code from} on. */
  void write(int item, int from, byte[] source, int sourceOffset, int count) {
    int meta = items.meta(item);
    int start = Items.keyOffset(meta) + items.keyLength(item);
    if ((meta & Items.CHAINED) == 0) {
      memory.copyIn(item, start + from, source, sourceOffset, count);
      return;
    }
    int chunk = item;
    int skip = from;
    int done = 0;
    while (done < count) {
      int room = slabs.chunkBytes(chunk) - start;
      if (skip < room) {
        int part = Math.min(room - skip, count - done);
        memory.copyIn(chunk, start + skip, source, sourceOffset + done, part);
        done += part;
        skip = 0;
      } else {
        skip -= room;
      }
      chunk = next(item, chunk);
      start = Items.PIECE_HEADER_BYTES;
    }
  }

  /** The chunk behind {@code chunk} in the item's chain, or 0. */
  private int next(int item, int chunk) {
    return chunk == item ? items.firstPiece(item) : items.nextPiece(chunk);
  }

  /** Bytes of all chunks of the item. */
  int chunkBytes(int item) {
    int bytes = slabs.chunkBytes(item);
    if ((items.meta(item) & Items.CHAINED) != 0) {
      for (int piece = items.firstPiece(item); piece != 0; piece = items.nextPiece(piece)) {
        bytes += slabs.chunkBytes(piece);
      }
    }
    return bytes;
  }

  /** Frees all chunks of the item. */
  void free(int item) {
    if ((items.meta(item) & Items.CHAINED) != 0) {
      int piece = items.firstPiece(item);
      while (piece != 0) {
        int next = items.nextPiece(piece);
        slabs.free(piece);
        piece = next;
      }
    }
    slabs.free(item);
  }
}

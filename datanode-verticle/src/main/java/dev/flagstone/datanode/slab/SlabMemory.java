package dev.flagstone.datanode.slab;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The bytes of a node's pages: typed access to direct buffers by handle and offset.
 *
 * <p>A handle is an unsigned 32-bit number that counts in units of 8 bytes, so that it reaches over
 * 32 GiB; 0 stands for none. Numbers are little-endian and need no alignment. Not bounds-checked
 * beyond the segment: whoever has a handle knows the size of its chunk.
 */
public final class SlabMemory {

  /** Bytes of the largest segment, a power of two. */
  static final int SEGMENT_BYTES = 1 << 30;

  private static final int SEGMENT_SHIFT = 27;
  private static final int SEGMENT_MASK = (1 << SEGMENT_SHIFT) - 1;
  private static final int ALIGNMENT = 4096;

  private static final VarHandle LONGS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORTS =
      MethodHandles.byteBufferViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle ARRAY_LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final ByteBuffer[] segments;

  /**
   * Takes the memory from the operating system, all of it touched, so that it cannot turn out
   * missing later.
   *
   * @throws OutOfMemoryError if the virtual machine may not have that much direct memory
   */
  SlabMemory(long bytes) {
    segments = new ByteBuffer[(int) ((bytes + SEGMENT_BYTES - 1) / SEGMENT_BYTES)];
    long left = bytes;
    for (int i = 0; i < segments.length; i++) {
      int size = (int) Math.min(left, SEGMENT_BYTES);
      // Cache lines of the index begin at multiples of 64 only if the segment does.
      segments[i] = ByteBuffer.allocateDirect(size + ALIGNMENT).alignedSlice(ALIGNMENT);
      left -= size;
    }
  }

  private ByteBuffer segment(int handle) {
    return segments[handle >>> SEGMENT_SHIFT];
  }

  private static int base(int handle) {
    return (handle & SEGMENT_MASK) << 3;
  }

  /** Reads 64 bits. */
  public long getLong(int handle, int offset) {
    return (long) LONGS.get(segment(handle), base(handle) + offset);
  }

  /** Writes 64 bits. */
  public void putLong(int handle, int offset, long value) {
    LONGS.set(segment(handle), base(handle) + offset, value);
  }

  /** Reads 32 bits. */
  public int getInt(int handle, int offset) {
    return (int) INTS.get(segment(handle), base(handle) + offset);
  }

  /** Writes 32 bits. */
  public void putInt(int handle, int offset, int value) {
    INTS.set(segment(handle), base(handle) + offset, value);
  }

  /** Reads 16 bits, unsigned. */
  public int getShort(int handle, int offset) {
    return (short) SHORTS.get(segment(handle), base(handle) + offset) & 0xFFFF;
  }

  /** Writes the low 16 bits. */
  public void putShort(int handle, int offset, int value) {
    SHORTS.set(segment(handle), base(handle) + offset, (short) value);
  }

  /** Reads a byte, unsigned. */
  public int getByte(int handle, int offset) {
    return segment(handle).get(base(handle) + offset) & 0xFF;
  }

  /** Writes the low 8 bits. */
  public void putByte(int handle, int offset, int value) {
    segment(handle).put(base(handle) + offset, (byte) value);
  }

  /** Copies {@code count} bytes of {@code source} into a chunk. */
  public void copyIn(int handle, int offset, byte[] source, int sourceOffset, int count) {
    segment(handle).put(base(handle) + offset, source, sourceOffset, count);
  }

  /** Copies {@code count} bytes out of a chunk. */
  public void copyOut(int handle, int offset, byte[] target, int targetOffset, int count) {
    segment(handle).get(base(handle) + offset, target, targetOffset, count);
  }

  /**
   * Copies {@code count} bytes from one chunk to another, or within one; the two runs may overlap.
   */
  public void copy(int from, int fromOffset, int to, int toOffset, int count) {
    segment(to).put(base(to) + toOffset, segment(from), base(from) + fromOffset, count);
  }

  /** Fills {@code count} bytes, a multiple of 8, with zeros. */
  public void clear(int handle, int offset, int count) {
    ByteBuffer segment = segment(handle);
    int from = base(handle) + offset;
    for (int at = from; at < from + count; at += Long.BYTES) {
      LONGS.set(segment, at, 0L);
    }
  }

  /** Tells whether {@code count} bytes in a chunk are those of an array. */
  public boolean matches(int handle, int offset, byte[] bytes, int from, int count) {
    ByteBuffer segment = segment(handle);
    int at = base(handle) + offset;
    int i = 0;
    for (; i + Long.BYTES <= count; i += Long.BYTES) {
      if ((long) LONGS.get(segment, at + i) != (long) ARRAY_LONGS.get(bytes, from + i)) {
        return false;
      }
    }
    for (; i < count; i++) {
      if (segment.get(at + i) != bytes[from + i]) {
        return false;
      }
    }
    return true;
  }
}

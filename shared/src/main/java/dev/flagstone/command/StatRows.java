package dev.flagstone.command;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The numbers of one cache as a shard tells them: the value of a {@link Verb#STATS} reply.
 *
 * <p>A sequence of 16-byte entries, little-endian: {@code int row, int counter, long value}. A row
 * is 0 for the cache as a whole, else a slab class (or, for sizes, a size in bytes); a counter is
 * the ordinal of a {@link StatCounter}. Readers skip counters that they do not know.
 */
public final class StatRows {

  /** Bytes of one entry. */
  public static final int ENTRY_BYTES = 16;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private StatRows() {}

  /** Takes entries one by one. */
  @FunctionalInterface
  public interface Visitor {
    void entry(int row, StatCounter counter, long value);
  }

  /** Writes one entry at {@code offset} and returns the offset behind it. */
  public static int put(byte[] bytes, int offset, int row, StatCounter counter, long value) {
    INTS.set(bytes, offset, row);
    INTS.set(bytes, offset + 4, counter.ordinal());
    LONGS.set(bytes, offset + 8, value);
    return offset + ENTRY_BYTES;
  }

  /** Hands all entries in {@code length} bytes at {@code offset} to the visitor. */
  public static void visit(byte[] bytes, int offset, int length, Visitor visitor) {
    for (int at = offset; at + ENTRY_BYTES <= offset + length; at += ENTRY_BYTES) {
      int counter = (int) INTS.get(bytes, at + 4);
      if (counter >= 0 && counter < StatCounter.COUNT) {
        visitor.entry(
            (int) INTS.get(bytes, at), StatCounter.of(counter), (long) LONGS.get(bytes, at + 8));
      }
    }
  }
}

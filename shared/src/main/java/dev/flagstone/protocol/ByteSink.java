package dev.flagstone.protocol;

import java.util.Arrays;

/**
 * A growable run of bytes that encoders write to. Not bounded by itself: its owner watches {@link
 * #length}.
 */
public final class ByteSink {

  private static final int FIRST_CAPACITY = 512;

  private byte[] bytes = {};
  private int length;

  /** The array that holds the bytes, from 0 to {@link #length}; exchanged when it grows. */
  public byte[] array() {
    return bytes;
  }

  /** How many bytes there are. */
  public int length() {
    return length;
  }

  /** Forgets the bytes and keeps the array. */
  public void clear() {
    length = 0;
  }

  /** Appends one byte. */
  public void put(int b) {
    reserve(1);
    bytes[length++] = (byte) b;
  }

  /** Appends all of {@code source}. */
  public void put(byte[] source) {
    put(source, 0, source.length);
  }

  /** Appends {@code count} bytes from {@code offset} on. */
  public void put(byte[] source, int offset, int count) {
    reserve(count);
    System.arraycopy(source, offset, bytes, length, count);
    length += count;
  }

  /** Appends the decimal digits of an unsigned 64-bit number. */
  public void putUnsigned(long value) {
    reserve(Decimal.MAX_DIGITS);
    length = Decimal.put(bytes, length, value);
  }

  /**
   * Appends {@code count} bytes that the caller must now write.
   *
   * @return the offset in {@link #array} of the first
   */
  public int extend(int count) {
    reserve(count);
    int at = length;
    length += count;
    return at;
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      int least = Math.addExact(length, more);
      bytes = Arrays.copyOf(bytes, Math.max(Math.max(FIRST_CAPACITY, least), least + (least >> 1)));
    }
  }
}

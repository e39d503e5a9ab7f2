package dev.flagstone.proxy.session;

/**
 * The bytes of a command whose end has not arrived. Empty, and without an array, most of the time:
 * what is received is decoded where it was received, and only an unfinished rest is kept here.
 */
final class InputBuffer {

  private static final byte[] NONE = {};
  private static final int FIRST_BYTES = 512;

  private byte[] bytes = NONE;
  private int from;
  private int to;

  byte[] array() {
    return bytes;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  int length() {
    return to - from;
  }

  boolean isEmpty() {
    return from == to;
  }

  /** Adds received bytes. The array grows with what has arrived, never with what was announced. */
  void append(byte[] source, int offset, int count) {
    if (bytes.length - to < count) {
      int length = length();
      int needed = length + count;
      int capacity = Math.max(FIRST_BYTES, bytes.length);
      while (capacity < needed) {
        capacity *= 2;
      }
      byte[] target = capacity == bytes.length ? bytes : new byte[capacity];
      System.arraycopy(bytes, from, target, 0, length);
      bytes = target;
      from = 0;
      to = length;
    }
    System.arraycopy(source, offset, bytes, to, count);
    to += count;
  }

  /** Forgets the bytes before {@code newFrom}; an empty buffer gives its array back. */
  void consumeTo(int newFrom) {
    from = newFrom;
    if (from == to) {
      clear();
    }
  }

  void clear() {
    bytes = NONE;
    from = 0;
    to = 0;
  }
}

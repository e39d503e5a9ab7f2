package dev.flagstone.protocol;

/**
 * Bytes of a request that its reply will need, such as its key or its opaque token: a reusable
 * view.
 *
 * <p>A decoder points it into the bytes that it was handed; the session copies them into its queue
 * of replies, and hands the encoder a view of the copy, whatever became of the request.
 */
public final class Note {

  private static final byte[] NO_BYTES = {};

  private byte[] bytes = NO_BYTES;
  private int offset;
  private int length;

  /** Points it at {@code newLength} bytes. */
  public Note set(byte[] newBytes, int newOffset, int newLength) {
    bytes = newBytes;
    offset = newOffset;
    length = newLength;
    return this;
  }

  /** Makes it empty. */
  public Note clear() {
    return set(NO_BYTES, 0, 0);
  }

  /** The array that holds the bytes. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where in the array they begin. */
  public int offset() {
    return offset;
  }

  /** How many there are, 0 for none. */
  public int length() {
    return length;
  }
}

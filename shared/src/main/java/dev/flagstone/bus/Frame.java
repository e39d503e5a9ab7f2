package dev.flagstone.bus;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * One message between a proxy loop and a shard: a growable array in one format for the local and
 * the clustered way.
 *
 * <p>Whoever holds a frame owns it; sending it hands it over. All numbers are little-endian. Every
 * frame begins with a header of {@link #HEADER_BYTES}:
 *
 * <pre>
 *  0 byte  format version (1)       1 byte  kind (1 batch, 2 batch reply)
 *  4 int   number of entries        8 long  batch id, the sender's own
 * 16 long  slot map epoch          24 long  deadline, Unix milliseconds (batches only)
 * 32 int   inbox of the answer     36 int   length of the frame in bytes
 * </pre>
 *
 * <p>A frame counts its holders within one event loop ({@link #retain}), because replies that must
 * wait for earlier ones stay in the frame that brought them.
 */
public final class Frame {

  /** Bytes before the first entry. */
  public static final int HEADER_BYTES = 40;

  /** The largest frame that is believed, in bytes: far above what a full batch can be. */
  public static final int MAX_BYTES = 1 << 28;

  /** The kind of a frame that carries requests. */
  public static final byte KIND_BATCH = 1;

  /** The kind of a frame that carries replies. */
  public static final byte KIND_REPLY = 2;

  private static final byte VERSION = 1;
  private static final int COUNT_AT = 4;
  private static final int ID_AT = 8;
  private static final int EPOCH_AT = 16;
  private static final int DEADLINE_AT = 24;
  private static final int INBOX_AT = 32;
  private static final int LENGTH_AT = 36;

  static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes;
  private int length;
  private int holders;

  /** Makes an empty frame with room for {@code capacity} bytes. */
  public Frame(int capacity) {
    bytes = new byte[Math.max(capacity, HEADER_BYTES)];
    clear();
  }

  private Frame(byte[] bytes) {
    this.bytes = bytes;
    this.length = bytes.length;
    this.holders = 1;
  }

  /**
   * Takes bytes that came from another process.
   *
   * @throws MalformedFrameException if the header contradicts itself or the number of bytes
   */
  public static Frame received(byte[] bytes) {
    if (bytes.length < HEADER_BYTES || bytes.length > MAX_BYTES) {
      throw new MalformedFrameException("a frame of " + bytes.length + " bytes");
    }
    Frame frame = new Frame(bytes);
    if (bytes[0] != VERSION || (int) INTS.get(bytes, LENGTH_AT) != bytes.length) {
      throw new MalformedFrameException(
          "version " + bytes[0] + ", or a length that is not its own");
    }
    if (frame.count() < 0) {
      throw new MalformedFrameException(frame.count() + " entries");
    }
    return frame;
  }

  /** Makes it empty and held once, keeping the array. */
  void clear() {
    length = HEADER_BYTES;
    holders = 1;
  }

  /** Counts one holder more. */
  public void retain() {
    holders++;
  }

  /** Counts one holder less and tells whether that was the last. */
  boolean release() {
    return --holders == 0;
  }

  /** The array; exchanged for a larger one when the frame grows. */
  public byte[] bytes() {
    return bytes;
  }

  /** How many bytes of {@link #bytes} are the frame, header included. */
  public int length() {
    return length;
  }

  /** {@link #KIND_BATCH} or {@link #KIND_REPLY}. */
  public byte kind() {
    return bytes[1];
  }

  /** How many entries the frame has. */
  public int count() {
    return (int) INTS.get(bytes, COUNT_AT);
  }

  /** The batch's number: the sender's own, echoed by the reply. */
  public long batchId() {
    return (long) LONGS.get(bytes, ID_AT);
  }

  /** The epoch of the slot map that the sender planned with, or that the answering shard has. */
  public long epoch() {
    return (long) LONGS.get(bytes, EPOCH_AT);
  }

  /** Of a batch: Unix milliseconds after which it must not be executed any more. */
  public long deadlineMillis() {
    return (long) LONGS.get(bytes, DEADLINE_AT);
  }

  /** Of a batch: the number of the proxy loop's inbox, see {@link BusAddress#inbox}. */
  public int inbox() {
    return (int) INTS.get(bytes, INBOX_AT);
  }

  /**
   * Makes room for {@code more} bytes behind the end, moves the end there and returns where they
   * begin.
   */
  int extend(int more) {
    int at = length;
    int needed = Math.addExact(at, more);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length + (bytes.length >> 1)));
    }
    length = needed;
    return at;
  }

  void sealBatch(int count, BatchHead head) {
    seal(KIND_BATCH, count, head.batchId(), head.epoch());
    LONGS.set(bytes, DEADLINE_AT, head.deadlineMillis());
    INTS.set(bytes, INBOX_AT, head.inbox());
  }

  void sealReply(int count, long batchId, long epoch) {
    seal(KIND_REPLY, count, batchId, epoch);
    LONGS.set(bytes, DEADLINE_AT, 0L);
    INTS.set(bytes, INBOX_AT, 0);
  }

  private void seal(byte kind, int count, long batchId, long epoch) {
    INTS.set(bytes, 0, 0);
    bytes[0] = VERSION;
    bytes[1] = kind;
    INTS.set(bytes, COUNT_AT, count);
    LONGS.set(bytes, ID_AT, batchId);
    LONGS.set(bytes, EPOCH_AT, epoch);
    INTS.set(bytes, LENGTH_AT, length);
  }
}

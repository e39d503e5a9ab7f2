package dev.flagstone.bus;

import dev.flagstone.command.ItemCommand;

/**
 * Writes requests into a frame, one entry each:
 *
 * <pre>
 *  0 byte verb   1 byte key length   2 byte fields present   3 byte 0
 *  4 int  modifiers                  8 int  cache id         12 long hash
 * 20 then, where present: int flags | int exptime | long cas | long delta
 *    | long initial, int create exptime, int recache seconds, long new cas | int value length
 *    then the key, then the value
 * </pre>
 */
public final class BatchWriter {

  static final int ENTRY_BYTES = 20;
  static final int HAS_FLAGS = 1;
  static final int HAS_EXPTIME = 2;
  static final int HAS_CAS = 4;
  static final int HAS_DELTA = 8;
  static final int HAS_VALUE = 16;
  static final int HAS_MORE = 32;
  static final int MORE_BYTES = 24;

  private final FramePool pool;
  private Frame frame;
  private int count;

  /** Makes a writer that takes its frames from {@code pool}. */
  public BatchWriter(FramePool pool) {
    this.pool = pool;
    this.frame = pool.take();
  }

  /** How many requests are in the batch so far. */
  public int count() {
    return count;
  }

  /** How many bytes the batch has so far. */
  public int length() {
    return frame.length();
  }

  /** Appends one request; key and value are copied. */
  public void add(ItemCommand command) {
    int fields = fields(command);
    int size =
        ENTRY_BYTES + optionalBytes(fields) + command.keyLength + valueBytes(command, fields);
    int at = frame.extend(size);
    byte[] bytes = frame.bytes();
    Frame.INTS.set(bytes, at, command.verb.ordinal() | command.keyLength << 8 | fields << 16);
    Frame.INTS.set(bytes, at + 4, command.modifiers);
    Frame.INTS.set(bytes, at + 8, command.cacheId);
    Frame.LONGS.set(bytes, at + 12, command.hash);
    at = putOptional(bytes, at + ENTRY_BYTES, fields, command);
    System.arraycopy(command.bytes, command.keyOffset, bytes, at, command.keyLength);
    if ((fields & HAS_VALUE) != 0) {
      at += command.keyLength;
      System.arraycopy(command.bytes, command.valueOffset, bytes, at, command.valueLength);
    }
    count++;
  }

  /** Closes the batch, hands its frame over and begins the next one. */
  public Frame finish(BatchHead head) {
    Frame finished = frame;
    finished.sealBatch(count, head);
    frame = pool.take();
    count = 0;
    return finished;
  }

  private static int fields(ItemCommand command) {
    int fields = 0;
    if (command.flags != 0) {
      fields |= HAS_FLAGS;
    }
    if (command.exptime != 0) {
      fields |= HAS_EXPTIME;
    }
    if (command.cas != ItemCommand.NO_CAS) {
      fields |= HAS_CAS;
    }
    if (command.delta != 0) {
      fields |= HAS_DELTA;
    }
    if (hasMore(command)) {
      fields |= HAS_MORE;
    }
    return command.verb.carriesValue() ? fields | HAS_VALUE : fields;
  }

  private static boolean hasMore(ItemCommand command) {
    return (command.initial | command.newCas) != 0
        || (command.createExptime | command.recacheSeconds) != 0;
  }

  static int optionalBytes(int fields) {
    return ((fields & HAS_MORE) == 0 ? 0 : MORE_BYTES)
        + (Integer.bitCount(fields & (HAS_FLAGS | HAS_EXPTIME | HAS_VALUE)) << 2)
        + (Integer.bitCount(fields & (HAS_CAS | HAS_DELTA)) << 3);
  }

  private static int valueBytes(ItemCommand command, int fields) {
    return (fields & HAS_VALUE) != 0 ? command.valueLength : 0;
  }

  private static int putOptional(byte[] bytes, int offset, int fields, ItemCommand command) {
    int at = offset;
    if ((fields & HAS_FLAGS) != 0) {
      Frame.INTS.set(bytes, at, command.flags);
      at += 4;
    }
    if ((fields & HAS_EXPTIME) != 0) {
      Frame.INTS.set(bytes, at, command.exptime);
      at += 4;
    }
    if ((fields & HAS_CAS) != 0) {
      Frame.LONGS.set(bytes, at, command.cas);
      at += 8;
    }
    if ((fields & HAS_DELTA) != 0) {
      Frame.LONGS.set(bytes, at, command.delta);
      at += 8;
    }
    if ((fields & HAS_MORE) != 0) {
      Frame.LONGS.set(bytes, at, command.initial);
      Frame.INTS.set(bytes, at + 8, command.createExptime);
      Frame.INTS.set(bytes, at + 12, command.recacheSeconds);
      Frame.LONGS.set(bytes, at + 16, command.newCas);
      at += MORE_BYTES;
    }
    if ((fields & HAS_VALUE) != 0) {
      Frame.INTS.set(bytes, at, command.valueLength);
      at += 4;
    }
    return at;
  }
}

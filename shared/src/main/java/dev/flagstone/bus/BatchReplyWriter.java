package dev.flagstone.bus;

import dev.flagstone.command.ItemReply;
import dev.flagstone.command.ReplySink;

/**
 * Writes the replies to a batch into a frame, in the order of its requests, one entry each:
 *
 * <pre>
 *  0 byte status   1 byte key length   2 byte fields present   3 byte 0
 *  4 then, where present: int flags | long cas | long number
 *    | int ttl, int last access, int marks (bit 31: hit before), int size | int value length
 *    then the key, then the value
 * </pre>
 */
public final class BatchReplyWriter implements ReplySink {

  static final int ENTRY_BYTES = 4;
  static final int HAS_FLAGS = 1;
  static final int HAS_CAS = 2;
  static final int HAS_NUMBER = 4;
  static final int HAS_VALUE = 8;
  static final int HAS_META = 16;
  static final int META_BYTES = 16;
  static final int HIT_BEFORE = 1 << 31;

  private final FramePool pool;
  private Frame frame;
  private int count;

  /** Makes a writer that takes its frames from {@code pool}. */
  public BatchReplyWriter(FramePool pool) {
    this.pool = pool;
    this.frame = pool.take();
  }

  @Override
  public int append(ItemReply reply) {
    int fields = fields(reply);
    int valueLength = reply.hasValue ? reply.valueLength : 0;
    int at = frame.extend(ENTRY_BYTES + optionalBytes(fields) + reply.keyLength + valueLength);
    byte[] bytes = frame.bytes();
    Frame.INTS.set(bytes, at, reply.status.ordinal() | reply.keyLength << 8 | fields << 16);
    at += ENTRY_BYTES;
    if ((fields & HAS_FLAGS) != 0) {
      Frame.INTS.set(bytes, at, reply.flags);
      at += 4;
    }
    if ((fields & HAS_CAS) != 0) {
      Frame.LONGS.set(bytes, at, reply.cas);
      at += 8;
    }
    if ((fields & HAS_NUMBER) != 0) {
      Frame.LONGS.set(bytes, at, reply.number);
      at += 8;
    }
    if ((fields & HAS_META) != 0) {
      Frame.INTS.set(bytes, at, reply.ttlSeconds);
      Frame.INTS.set(bytes, at + 4, reply.lastAccessSeconds);
      Frame.INTS.set(bytes, at + 8, reply.marks | (reply.hitBefore ? HIT_BEFORE : 0));
      Frame.INTS.set(bytes, at + 12, reply.size);
      at += META_BYTES;
    }
    if ((fields & HAS_VALUE) != 0) {
      Frame.INTS.set(bytes, at, valueLength);
      at += 4;
    }
    System.arraycopy(reply.bytes, reply.keyOffset, bytes, at, reply.keyLength);
    count++;
    return at + reply.keyLength;
  }

  @Override
  public byte[] array() {
    return frame.bytes();
  }

  /** How many replies are in the frame so far. */
  public int count() {
    return count;
  }

  /** Closes the batch reply, hands its frame over and begins the next one. */
  public Frame finish(long batchId, long epoch) {
    Frame finished = frame;
    finished.sealReply(count, batchId, epoch);
    frame = pool.take();
    count = 0;
    return finished;
  }

  /** Forgets the replies written since the last {@link #finish}. */
  public void discard() {
    frame.clear();
    count = 0;
  }

  private static int fields(ItemReply reply) {
    int fields = 0;
    if (reply.flags != 0) {
      fields |= HAS_FLAGS;
    }
    if (reply.cas != 0) {
      fields |= HAS_CAS;
    }
    if (reply.number != 0) {
      fields |= HAS_NUMBER;
    }
    if (reply.hasMeta) {
      fields |= HAS_META;
    }
    return reply.hasValue ? fields | HAS_VALUE : fields;
  }

  static int optionalBytes(int fields) {
    return ((fields & HAS_META) == 0 ? 0 : META_BYTES)
        + (Integer.bitCount(fields & (HAS_FLAGS | HAS_VALUE)) << 2)
        + (Integer.bitCount(fields & (HAS_CAS | HAS_NUMBER)) << 3);
  }
}

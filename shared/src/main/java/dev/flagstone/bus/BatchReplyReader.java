package dev.flagstone.bus;

import dev.flagstone.command.ItemReply;
import dev.flagstone.command.Status;

/**
 * Reads replies out of a frame, trusting no length in it; stateless, because a reply that must wait
 * is read again later from where it stands.
 */
public final class BatchReplyReader {

  private BatchReplyReader() {}

  /** Where the first reply of a frame stands. */
  public static final int FIRST = Frame.HEADER_BYTES;

  /**
   * Reads the reply at {@code offset} into {@code reply}, whose bytes then are the frame's.
   *
   * @return the offset of the next reply
   * @throws MalformedFrameException if the entry does not fit its frame
   */
  public static int read(Frame frame, int offset, ItemReply reply) {
    byte[] bytes = frame.bytes();
    int end = frame.length();
    int at = need(offset, BatchReplyWriter.ENTRY_BYTES, end) - BatchReplyWriter.ENTRY_BYTES;
    int head = (int) Frame.INTS.get(bytes, at);
    int status = head & 0xFF;
    int fields = (head >>> 16) & 0xFF;
    if (status >= Status.COUNT) {
      throw new MalformedFrameException("status " + status);
    }
    reply.reset(Status.of(status));
    reply.bytes = bytes;
    reply.keyLength = (head >>> 8) & 0xFF;
    at += BatchReplyWriter.ENTRY_BYTES;
    need(at, BatchReplyWriter.optionalBytes(fields), end);
    at = readOptional(bytes, at, fields, reply);
    reply.keyOffset = at;
    reply.valueOffset = need(at, reply.keyLength, end);
    return need(reply.valueOffset, reply.valueLength, end);
  }

  private static int readOptional(byte[] bytes, int offset, int fields, ItemReply reply) {
    int at = offset;
    if ((fields & BatchReplyWriter.HAS_FLAGS) != 0) {
      reply.flags = (int) Frame.INTS.get(bytes, at);
      at += 4;
    }
    if ((fields & BatchReplyWriter.HAS_CAS) != 0) {
      reply.cas = (long) Frame.LONGS.get(bytes, at);
      at += 8;
    }
    if ((fields & BatchReplyWriter.HAS_NUMBER) != 0) {
      reply.number = (long) Frame.LONGS.get(bytes, at);
      at += 8;
    }
    if ((fields & BatchReplyWriter.HAS_META) != 0) {
      reply.hasMeta = true;
      reply.ttlSeconds = (int) Frame.INTS.get(bytes, at);
      reply.lastAccessSeconds = (int) Frame.INTS.get(bytes, at + 4);
      int marks = (int) Frame.INTS.get(bytes, at + 8);
      reply.marks = marks & ~BatchReplyWriter.HIT_BEFORE;
      reply.hitBefore = (marks & BatchReplyWriter.HIT_BEFORE) != 0;
      reply.size = (int) Frame.INTS.get(bytes, at + 12);
      at += BatchReplyWriter.META_BYTES;
    }
    if ((fields & BatchReplyWriter.HAS_VALUE) != 0) {
      reply.hasValue = true;
      reply.valueLength = (int) Frame.INTS.get(bytes, at);
      at += 4;
    }
    return at;
  }

  private static int need(int at, int count, int end) {
    if (count < 0 || end - at < count) {
      throw new MalformedFrameException("a reply that ends behind its frame");
    }
    return at + count;
  }
}

package dev.flagstone.bus;

import dev.flagstone.command.ItemCommand;
import dev.flagstone.command.Verb;

/** Reads the requests of a batch one by one, trusting no length in it. Reused for every batch. */
public final class BatchReader {

  private static final byte[] NO_BYTES = {};

  private byte[] bytes = NO_BYTES;
  private int at;
  private int end;
  private int left;

  /**
   * Begins to read a frame.
   *
   * @throws MalformedFrameException if it is no batch
   */
  public void open(Frame frame) {
    if (frame.kind() != Frame.KIND_BATCH) {
      throw new MalformedFrameException("kind " + frame.kind() + " where a batch was expected");
    }
    bytes = frame.bytes();
    at = Frame.HEADER_BYTES;
    end = frame.length();
    left = frame.count();
  }

  /**
   * Reads the next request into {@code command}, whose bytes then are the frame's.
   *
   * @return false when all have been read
   * @throws MalformedFrameException if an entry does not fit its frame
   */
  public boolean next(ItemCommand command) {
    if (left == 0) {
      return false;
    }
    left--;
    need(BatchWriter.ENTRY_BYTES);
    int head = (int) Frame.INTS.get(bytes, at);
    int verb = head & 0xFF;
    if (verb >= Verb.COUNT) {
      throw new MalformedFrameException("verb " + verb);
    }
    command.reset(Verb.of(verb));
    command.bytes = bytes;
    command.keyLength = (head >>> 8) & 0xFF;
    command.modifiers = (int) Frame.INTS.get(bytes, at + 4);
    command.cacheId = (int) Frame.INTS.get(bytes, at + 8);
    command.hash = (long) Frame.LONGS.get(bytes, at + 12);
    at += BatchWriter.ENTRY_BYTES;
    readOptional(command, (head >>> 16) & 0xFF);
    return true;
  }

  private void readOptional(ItemCommand command, int fields) {
    need(BatchWriter.optionalBytes(fields));
    if ((fields & BatchWriter.HAS_FLAGS) != 0) {
      command.flags = (int) Frame.INTS.get(bytes, at);
      at += 4;
    }
    if ((fields & BatchWriter.HAS_EXPTIME) != 0) {
      command.exptime = (int) Frame.INTS.get(bytes, at);
      at += 4;
    }
    if ((fields & BatchWriter.HAS_CAS) != 0) {
      command.cas = (long) Frame.LONGS.get(bytes, at);
      at += 8;
    }
    if ((fields & BatchWriter.HAS_DELTA) != 0) {
      command.delta = (long) Frame.LONGS.get(bytes, at);
      at += 8;
    }
    if ((fields & BatchWriter.HAS_MORE) != 0) {
      command.initial = (long) Frame.LONGS.get(bytes, at);
      command.createExptime = (int) Frame.INTS.get(bytes, at + 8);
      command.recacheSeconds = (int) Frame.INTS.get(bytes, at + 12);
      command.newCas = (long) Frame.LONGS.get(bytes, at + 16);
      at += BatchWriter.MORE_BYTES;
    }
    if ((fields & BatchWriter.HAS_VALUE) != 0) {
      command.valueLength = (int) Frame.INTS.get(bytes, at);
      at += 4;
    }
    need(command.keyLength);
    command.keyOffset = at;
    at += command.keyLength;
    need(command.valueLength);
    command.valueOffset = at;
    at += command.valueLength;
  }

  private void need(int count) {
    if (count < 0 || end - at < count) {
      throw new MalformedFrameException("an entry that ends behind its batch");
    }
  }
}

package dev.flagstone.protocol;

import dev.flagstone.command.Reply;

/** Turns replies into a protocol's bytes, without state. */
public interface Encoder {

  /**
   * Appends the reply to {@code out}.
   *
   * @param form what the decoder of the same protocol said about the reply's looks ({@link
   *     Decoded#form})
   * @param note what the decoder noted of the request ({@link Decoded#note}); valid during the call
   */
  void encode(long form, Note note, Reply reply, ByteSink out);
}

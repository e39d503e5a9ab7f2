package dev.flagstone.protocol.line;

import dev.flagstone.protocol.DecodeResult;
import dev.flagstone.protocol.Decoder;
import dev.flagstone.protocol.meta.MetaDecoder;
import dev.flagstone.protocol.text.TextDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Hands each line to the decoder that knows it. What is not known yet goes to the text decoder,
 * which decides nothing before the first word's end; so does all of a list of keys, some of which
 * may look like commands.
 */
final class LineDecoder implements Decoder {

  private final TextDecoder text = new TextDecoder();

  /** Made for the first meta command: most connections speak one of the two only. */
  private @Nullable MetaDecoder meta;

  @Override
  public DecodeResult decode(byte[] bytes, int from, int to) {
    if (text.isInsideList() || !MetaDecoder.begins(bytes, from, to)) {
      return text.decode(bytes, from, to);
    }
    MetaDecoder decoder = meta;
    if (decoder == null) {
      decoder = new MetaDecoder();
      meta = decoder;
    }
    return decoder.decode(bytes, from, to);
  }
}

package dev.flagstone.protocol.line;

import dev.flagstone.protocol.Decoder;
import dev.flagstone.protocol.Encoder;
import dev.flagstone.protocol.ProtocolCodec;
import dev.flagstone.protocol.meta.MetaEncoder;
import dev.flagstone.protocol.text.TextCodec;

/**
 * What a text connection speaks: the text protocol and the meta commands, which alternate as the
 * client likes. Logins are the text protocol's.
 */
public final class LineCodec implements ProtocolCodec {

  private final TextCodec text;
  private final Encoder encoder;

  /**
   * Makes the codec.
   *
   * @param version what the {@code version} command tells behind the word {@code VERSION}
   */
  public LineCodec(String version) {
    text = new TextCodec(version);
    Encoder textEncoder = text.encoder();
    Encoder metaEncoder = new MetaEncoder();
    encoder =
        (form, note, reply, out) ->
            (MetaEncoder.isMeta(form) ? metaEncoder : textEncoder).encode(form, note, reply, out);
  }

  @Override
  public Decoder newLoginDecoder() {
    return text.newLoginDecoder();
  }

  @Override
  public Decoder newDecoder() {
    return new LineDecoder();
  }

  @Override
  public Encoder encoder() {
    return encoder;
  }
}

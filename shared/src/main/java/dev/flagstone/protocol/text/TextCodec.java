package dev.flagstone.protocol.text;

import dev.flagstone.protocol.Decoder;
import dev.flagstone.protocol.Encoder;
import dev.flagstone.protocol.ProtocolCodec;

/** The text protocol, as memcached's {@code doc/protocol.txt} describes it. */
public final class TextCodec implements ProtocolCodec {

  private final Encoder encoder;

  /**
   * Makes the codec.
   *
   * @param version what the {@code version} command tells behind the word {@code VERSION}
   */
  public TextCodec(String version) {
    encoder = new TextEncoder(version);
  }

  @Override
  public Decoder newLoginDecoder() {
    return new TextLoginDecoder();
  }

  @Override
  public Decoder newDecoder() {
    return new TextDecoder();
  }

  @Override
  public Encoder encoder() {
    return encoder;
  }
}

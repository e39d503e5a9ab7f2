package dev.flagstone.protocol.binary;

import dev.flagstone.protocol.Decoder;
import dev.flagstone.protocol.Encoder;
import dev.flagstone.protocol.ProtocolCodec;

/**
 * The binary protocol, as memcached 1.6 speaks it; where the two differ stands in {@code
 * docs/adr/0006-binary-protocol.md}.
 */
public final class BinaryCodec implements ProtocolCodec {

  private final Encoder encoder;

  /**
   * Makes the codec.
   *
   * @param version what the {@code version} command tells
   */
  public BinaryCodec(String version) {
    encoder = new BinaryEncoder(version);
  }

  @Override
  public Decoder newLoginDecoder() {
    return new BinaryLoginDecoder();
  }

  @Override
  public Decoder newDecoder() {
    return new BinaryDecoder();
  }

  @Override
  public Encoder encoder() {
    return encoder;
  }
}

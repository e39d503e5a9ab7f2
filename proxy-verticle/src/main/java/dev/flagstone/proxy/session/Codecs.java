package dev.flagstone.proxy.session;

import dev.flagstone.protocol.Protocol;
import dev.flagstone.protocol.ProtocolCodec;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The protocols that a proxy speaks. */
public final class Codecs {

  private final EnumMap<Protocol, ProtocolCodec> byProtocol;

  /** Makes the set of protocols that have a codec. */
  public Codecs(Map<Protocol, ProtocolCodec> byProtocol) {
    this.byProtocol = new EnumMap<>(byProtocol);
  }

  /** The codec of a protocol, or null if it is not spoken. */
  @Nullable ProtocolCodec of(Protocol protocol) {
    return byProtocol.get(protocol);
  }
}

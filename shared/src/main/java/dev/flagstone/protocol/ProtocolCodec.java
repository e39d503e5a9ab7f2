package dev.flagstone.protocol;

/** One protocol's way to read and write: what a session needs once its protocol is known. */
public interface ProtocolCodec {

  /** A decoder for a session that has not logged in: it knows logins and little else. */
  Decoder newLoginDecoder();

  /** A decoder for a session that has. */
  Decoder newDecoder();

  /** The encoder, which all sessions share. */
  Encoder encoder();
}

package dev.flagstone.protocol;

/** Tells from a connection's first byte what it speaks. */
public final class ProtocolDetector {

  /** The first byte of each request of the binary protocol; no line of text begins with it. */
  private static final byte BINARY_REQUEST = (byte) 0x80;

  private ProtocolDetector() {}

  /** The protocol of a connection that begins with this byte. */
  public static Protocol detect(byte first) {
    return first == BINARY_REQUEST ? Protocol.BINARY : Protocol.TEXT;
  }
}

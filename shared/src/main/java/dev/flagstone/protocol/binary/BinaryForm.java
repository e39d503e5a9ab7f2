package dev.flagstone.protocol.binary;

/**
 * What the binary decoders tell the binary encoder about a request, as the bits of {@link
 * dev.flagstone.protocol.Decoded#form}: what every response echoes.
 *
 * <pre>
 *   0..31  the opaque
 *  32..39  the opcode's byte
 * </pre>
 */
final class BinaryForm {

  private static final int OPCODE_SHIFT = 32;

  private BinaryForm() {}

  static long of(int opcode, int opaque) {
    return (long) opcode << OPCODE_SHIFT | Integer.toUnsignedLong(opaque);
  }

  /** The opcode's byte as the client sent it, 0..255, known or not. */
  static int code(long form) {
    return (int) (form >>> OPCODE_SHIFT);
  }

  static Opcode opcode(long form) {
    return Opcode.of(code(form));
  }

  static int opaque(long form) {
    return (int) form;
  }
}

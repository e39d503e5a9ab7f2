package dev.flagstone.protocol.meta;

import java.util.Arrays;

/** Keys in base64 with padding, as RFC 4648 has it. */
final class Base64Key {

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final byte[] SEXTETS = new byte[128];

  static {
    Arrays.fill(SEXTETS, (byte) -1);
    for (int i = 0; i < ALPHABET.length(); i++) {
      SEXTETS[ALPHABET.charAt(i)] = (byte) i;
    }
  }

  private Base64Key() {}

  /**
   * Decodes the bytes from {@code from} to {@code to} (exclusive).
   *
   * @param target has room for three bytes for each four
   * @return how many bytes they are, or -1 if they are no base64
   */
  static int decode(byte[] bytes, int from, int to, byte[] target) {
    int length = to - from;
    if (length == 0 || length % 4 != 0) {
      return -1;
    }
    int padding = bytes[to - 1] != '=' ? 0 : bytes[to - 2] != '=' ? 1 : 2;
    int at = 0;
    for (int i = from; i < to; i += 4) {
      int word = 0;
      for (int j = i; j < i + 4; j++) {
        int sextet = j >= to - padding ? 0 : bytes[j] < 0 ? -1 : SEXTETS[bytes[j]];
        if (sextet < 0) {
          return -1;
        }
        word = word << 6 | sextet;
      }
      target[at++] = (byte) (word >>> 16);
      target[at++] = (byte) (word >>> 8);
      target[at++] = (byte) word;
    }
    return at - padding;
  }
}

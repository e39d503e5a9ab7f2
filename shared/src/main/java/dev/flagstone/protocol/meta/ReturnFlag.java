package dev.flagstone.protocol.meta;

/** The flags of a request that its answer tells again, as small numbers. */
final class ReturnFlag {

  /** The opaque token. */
  static final int OPAQUE = 0;

  /** The key. */
  static final int KEY = 1;

  /** The length of the value in bytes. */
  static final int SIZE = 2;

  /** Seconds of life left. */
  static final int TTL = 3;

  /** The cas unique. */
  static final int CAS = 4;

  /** The client's flags. */
  static final int FLAGS = 5;

  /** Seconds since the last access. */
  static final int LAST_ACCESS = 6;

  /** Whether the item was read before. */
  static final int HIT_BEFORE = 7;

  private static final String LETTERS = "Okstcflh";

  private ReturnFlag() {}

  /** The flag with this letter, or -1. */
  static int of(int letter) {
    return LETTERS.indexOf(letter);
  }

  static char letter(int flag) {
    return LETTERS.charAt(flag);
  }
}

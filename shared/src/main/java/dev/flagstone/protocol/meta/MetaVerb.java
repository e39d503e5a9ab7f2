package dev.flagstone.protocol.meta;

import org.jspecify.annotations.Nullable;

/** The meta commands: {@code m} and a letter. */
enum MetaVerb {
  /** {@code mg}: reads an item. */
  GET('g', "Okstcflh"),
  /** {@code ms}: stores one. */
  STORE('s', "Okcs"),
  /** {@code md}: removes one, or marks it stale. */
  DELETE('d', "Ok"),
  /** {@code ma}: adds or subtracts. */
  COUNT('a', "Oktc"),
  /** {@code me}: tells about one, for people. */
  INSPECT('e', ""),
  /** {@code mn}: does nothing but answer. */
  NOOP('n', "");

  private static final MetaVerb[] VALUES = values();

  private final char letter;

  /** A bit for each {@link ReturnFlag} that an answer to the command tells. */
  private final int told;

  MetaVerb(char letter, String told) {
    this.letter = letter;
    int bits = 0;
    for (int i = 0; i < told.length(); i++) {
      bits |= 1 << ReturnFlag.of(told.charAt(i));
    }
    this.told = bits;
  }

  static MetaVerb of(int ordinal) {
    return VALUES[ordinal];
  }

  /** The command that is {@code m} and this letter, or null. */
  static @Nullable MetaVerb ofLetter(byte letter) {
    for (MetaVerb verb : VALUES) {
      if (verb.letter == letter) {
        return verb;
      }
    }
    return null;
  }

  /** Whether an answer to the command tells this {@link ReturnFlag}. */
  boolean tells(int flag) {
    return (told & 1 << flag) != 0;
  }
}

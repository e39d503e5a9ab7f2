package dev.flagstone.protocol.text;

import dev.flagstone.command.Verb;

/**
 * What the text decoder tells the text encoder about a command, as the bits of {@link
 * dev.flagstone.protocol.Decoded#form}.
 *
 * <pre>
 *   0..7  ordinal of the command's verb
 *   8     LAST: this key ends its retrieval, so END follows
 *   9     WITH_CAS: the VALUE line tells the cas unique
 * </pre>
 */
final class TextForm {

  /** The key ends the retrieval's list. */
  static final long LAST = 1 << 8;

  /** The reply tells the cas unique. */
  static final long WITH_CAS = 1 << 9;

  private static final int VERB_MASK = 0xFF;

  private TextForm() {}

  /** The form of a command with this verb and nothing else to tell. */
  static long of(Verb verb) {
    return verb.ordinal();
  }

  /** The verb of the command that had this form. */
  static Verb verb(long form) {
    return Verb.of((int) form & VERB_MASK);
  }

  /** Tells whether the form has this bit. */
  static boolean has(long form, long bit) {
    return (form & bit) != 0;
  }
}

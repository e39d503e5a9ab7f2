package dev.flagstone.protocol.meta;

/**
 * What the meta decoder tells the meta encoder about a command, as the bits of {@link
 * dev.flagstone.protocol.Decoded#form}. With it stands a note: the key, if it shall be told, and
 * the opaque token, if there is one, with whatever the line had between them.
 *
 * <pre>
 *   0..2   ordinal of the {@link MetaVerb}
 *   3      QUIET: what is expected is not told
 *   4      VALUE: the answer carries the value
 *   5      BASE64: the key is in base64
 *   6..11  length of the opaque token with its O, at the note's end
 *  12..19  length of the key, at the note's start
 *  20..23  how many flags are told
 *  24..47  which, three bits each, the first one lowest
 *  48..51  ordinal of the {@link Complaint}, of a refusal
 *  63      always set, which no form of the text protocol has
 * </pre>
 */
final class MetaForm {

  static final long QUIET = 1 << 3;
  static final long VALUE = 1 << 4;
  static final long BASE64 = 1 << 5;

  private static final int OPAQUE_SHIFT = 6;
  private static final int OPAQUE_MASK = 0x3F;
  private static final int KEY_SHIFT = 12;
  private static final int KEY_MASK = 0xFF;
  private static final int COUNT_SHIFT = 20;
  private static final int COUNT_MASK = 0xF;
  private static final long ONE_FLAG = 1L << COUNT_SHIFT;
  private static final int FLAGS_SHIFT = 24;
  private static final int FLAG_BITS = 3;
  private static final int FLAG_MASK = 7;
  private static final int VERB_MASK = 7;
  private static final int COMPLAINT_SHIFT = 48;
  private static final int COMPLAINT_MASK = 0xF;
  private static final long META = 1L << 63;

  private MetaForm() {}

  /** The form of a command that asks for nothing to be told. */
  static long of(MetaVerb verb) {
    return META | verb.ordinal();
  }

  /** The form of a refusal. */
  static long of(Complaint complaint) {
    return META | (long) complaint.ordinal() << COMPLAINT_SHIFT;
  }

  static boolean isMeta(long form) {
    return form < 0;
  }

  /** The form with a {@link ReturnFlag} more to be told. */
  static long withFlag(long form, int flag) {
    int shift = FLAGS_SHIFT + count(form) * FLAG_BITS;
    return (form + ONE_FLAG) | ((long) flag << shift);
  }

  static long withKey(long form, int length) {
    return form | (long) length << KEY_SHIFT;
  }

  static long withOpaque(long form, int length) {
    return form | (long) length << OPAQUE_SHIFT;
  }

  static MetaVerb verb(long form) {
    return MetaVerb.of((int) form & VERB_MASK);
  }

  static boolean has(long form, long bit) {
    return (form & bit) != 0;
  }

  static int opaqueLength(long form) {
    return (int) (form >>> OPAQUE_SHIFT) & OPAQUE_MASK;
  }

  static int keyLength(long form) {
    return (int) (form >>> KEY_SHIFT) & KEY_MASK;
  }

  /** How many flags are told. */
  static int count(long form) {
    return (int) (form >>> COUNT_SHIFT) & COUNT_MASK;
  }

  /** The {@link ReturnFlag} that is told as the one with this number, from 0 on. */
  static int flag(long form, int number) {
    return (int) (form >>> (FLAGS_SHIFT + number * FLAG_BITS)) & FLAG_MASK;
  }

  static Complaint complaint(long form) {
    return Complaint.of((int) (form >>> COMPLAINT_SHIFT) & COMPLAINT_MASK);
  }
}

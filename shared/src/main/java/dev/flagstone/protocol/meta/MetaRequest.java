package dev.flagstone.protocol.meta;

import dev.flagstone.item.ItemLimits;
import org.jspecify.annotations.Nullable;

/**
 * The flags of one meta command and what stands behind their letters: a reusable view.
 *
 * <p>As in memcached, all commands take the same flags and overlook those that say nothing to them;
 * a flag that is there twice, or that there is none of, is refused. Of several bad tokens the last
 * one is told.
 */
final class MetaRequest {

  private static final long MAX_FLAGS = 0xFFFF_FFFFL;
  private static final int LAST_LETTER = 126;

  /** The largest opaque token in bytes, its letter included. */
  private static final int MAX_OPAQUE_BYTES = 32;

  long exptime;
  long createExptime;
  long recacheSeconds;
  long flags;
  long cas;
  long newCas;
  long delta;
  long initial;

  /** The first byte behind {@code M}, or 0. */
  byte mode;

  private final MetaLine line;
  private long seenLow;
  private long seenHigh;
  private int opaque;
  private long form;
  private @Nullable Complaint complaint;

  MetaRequest(MetaLine line) {
    this.line = line;
  }

  /**
   * Reads the line's flags, of which the first is the token with the number {@code first}.
   *
   * @return what is wrong with them or with the key, or null
   */
  @Nullable Complaint read(MetaVerb verb, int first) {
    seenLow = 0;
    seenHigh = 0;
    opaque = 0;
    mode = 0;
    delta = 1;
    initial = 0;
    exptime = 0;
    flags = 0;
    cas = 0;
    newCas = 0;
    form = MetaForm.of(verb);
    complaint = null;
    if (line.length(1) > ItemLimits.MAX_KEY_BYTES || line.isMangled(1)) {
      return Complaint.BAD_FORMAT;
    }
    if (line.count() > MetaLine.MAX_TOKENS) {
      return Complaint.TOO_MANY_FLAGS;
    }
    for (int token = first; token < line.count(); token++) {
      byte letter = line.first(token);
      if (letter < 0 || letter > LAST_LETTER || has(letter)) {
        return Complaint.DUPLICATE_FLAG;
      }
      see(letter);
      if (!flag(letter, token)) {
        return Complaint.INVALID_FLAG;
      }
      int told = ReturnFlag.of(letter);
      if (told >= 0 && verb.tells(told)) {
        form = MetaForm.withFlag(form, told);
      }
    }
    return complaint;
  }

  private void see(byte letter) {
    if (letter < Long.SIZE) {
      seenLow |= 1L << letter;
    } else {
      seenHigh |= 1L << letter;
    }
  }

  /** Tells whether the flag is there. */
  boolean has(int letter) {
    return ((letter < Long.SIZE ? seenLow : seenHigh) & 1L << letter) != 0;
  }

  /** Reads what stands behind a letter, and tells whether there is such a flag. */
  private boolean flag(byte letter, int token) {
    switch (letter) {
      case 'q' -> form |= MetaForm.QUIET;
      case 'v' -> form |= MetaForm.VALUE;
      case 'b' -> form |= MetaForm.BASE64;
      case 'O' -> opaque = token;
      case 'M' -> mode = line.second(token);
      case 'T' -> exptime = exptime(token);
      case 'N' -> createExptime = exptime(token);
      case 'R' -> recacheSeconds = exptime(token);
      case 'F' -> {
        flags = line.numberUpTo(token, MAX_FLAGS);
        complain(flags < 0, Complaint.BAD_FORMAT);
      }
      case 'C' -> cas = unsigned(token, Complaint.BAD_TOKEN);
      case 'E' -> newCas = unsigned(token, Complaint.BAD_TOKEN);
      case 'J' -> initial = unsigned(token, Complaint.BAD_INITIAL);
      case 'D' -> delta = unsigned(token, Complaint.BAD_DELTA);
      case 'c', 'f', 'h', 'k', 'l', 's', 't', 'u', 'x', 'I', 'L', 'P' -> {}
      default -> {
        return false;
      }
    }
    return true;
  }

  private long exptime(int token) {
    long read = line.exptime(token);
    complain(read == MetaLine.NOT_A_NUMBER, Complaint.BAD_TOKEN);
    return read;
  }

  private long unsigned(int token, Complaint otherwise) {
    boolean isNumber = line.isUnsigned(token);
    complain(!isNumber, otherwise);
    return isNumber ? line.unsigned(token) : 0;
  }

  private void complain(boolean isBad, Complaint words) {
    if (isBad) {
      complaint = words;
    }
  }

  /** What is wrong with the opaque token, or null. */
  @Nullable Complaint opaqueComplaint() {
    if (opaque == 0) {
      return null;
    }
    if (line.length(opaque) > MAX_OPAQUE_BYTES) {
      return Complaint.OPAQUE_TOO_LONG;
    }
    return line.isMangled(opaque) ? Complaint.BAD_TOKEN : null;
  }

  /** Whether the key is in base64. */
  boolean isBase64() {
    return MetaForm.has(form, MetaForm.BASE64);
  }

  /** Whether the answer tells the key. */
  private boolean tellsKey() {
    MetaVerb verb = MetaForm.verb(form);
    return verb == MetaVerb.INSPECT || (has('k') && verb.tells(ReturnFlag.KEY));
  }

  private boolean tellsOpaque() {
    return opaque != 0 && MetaForm.verb(form).tells(ReturnFlag.OPAQUE);
  }

  /** How the answer shall look. */
  long form() {
    long told = tellsKey() ? MetaForm.withKey(form, line.length(1)) : form;
    return tellsOpaque() ? MetaForm.withOpaque(told, line.length(opaque)) : told;
  }

  /** Where the bytes begin that the encoder will need. */
  int noteStart() {
    return tellsKey() ? line.start(1) : tellsOpaque() ? line.start(opaque) : line.start(1);
  }

  /** Where they end. */
  int noteEnd() {
    return tellsOpaque() ? line.end(opaque) : tellsKey() ? line.end(1) : line.start(1);
  }
}

package dev.flagstone.protocol.meta;

import dev.flagstone.command.Fault;
import dev.flagstone.command.ItemCommand;
import dev.flagstone.command.SessionCommand;
import dev.flagstone.command.Verb;
import dev.flagstone.item.ItemLimits;
import dev.flagstone.protocol.DecodeResult;
import dev.flagstone.protocol.Decoded;
import dev.flagstone.protocol.Decoder;
import dev.flagstone.protocol.NeedMore;
import dev.flagstone.protocol.Rejected;
import org.jspecify.annotations.Nullable;

/**
 * The decoder of memcached's meta commands, for one session that has logged in.
 *
 * <p>The grammar is that of memcached's {@code doc/protocol.txt}, and where its server does
 * otherwise, the server's; see {@code docs/adr/0007-meta-commands.md}. It is to be asked only where
 * a line {@linkplain #begins begins} with a meta command, and remembers nothing of the one before.
 *
 * <p>A {@code ms} whose length can be read never leaves its value behind to be read as commands,
 * whatever else is wrong with it.
 */
public final class MetaDecoder implements Decoder {

  /** The largest value that is discarded; a client that announces more has lost its way. */
  private static final long MAX_SWALLOWED_BYTES = Integer.MAX_VALUE - 2L;

  private static final int TERMINATOR_BYTES = 2;

  /** The largest array for keys in base64 that is kept. */
  private static final int MAX_KEPT_BYTES = 4096;

  /** The cas unique that no item has, for one that was demanded and cannot be. */
  private static final long IMPOSSIBLE_CAS = -1;

  private final MetaLine line = new MetaLine();
  private final MetaRequest request = new MetaRequest(line);
  private final ItemCommand command = new ItemCommand();
  private final Decoded decoded = new Decoded();
  private final NeedMore needMore = new NeedMore();
  private byte[] scratch = {};

  // Of the call that is under way.
  private byte[] bytes = {};
  private int from;
  private int to;

  /**
   * Tells whether a line begins with a meta command. While too little of it is in sight it does
   * not, and nor does it for the text protocol.
   */
  public static boolean begins(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] == ' ') {
      at++;
    }
    if (to - at < 3 || bytes[at] != 'm' || MetaVerb.ofLetter(bytes[at + 1]) == null) {
      return false;
    }
    byte next = bytes[at + 2];
    return next == ' ' || next == '\n' || (next == '\r' && to - at > 3 && bytes[at + 3] == '\n');
  }

  @Override
  public DecodeResult decode(byte[] newBytes, int newFrom, int newTo) {
    bytes = newBytes;
    from = newFrom;
    to = newTo;
    if (!line.find(bytes, from, to)) {
      return to - from < MetaLine.MAX_BYTES
          ? needMore.set(to - from + 1)
          : Rejected.andClose(Fault.LINE_TOO_LONG, MetaLine.MAX_BYTES)
              .inForm(MetaForm.of(Complaint.BAD_FORMAT));
    }
    MetaVerb verb =
        line.count() > 0 && line.length(0) == 2 ? MetaVerb.ofLetter(line.second(0)) : null;
    if (verb == null || line.first(0) != 'm') {
      return Rejected.andContinue(Fault.UNKNOWN_COMMAND, consumedLine())
          .inForm(MetaForm.of(Complaint.BAD_FORMAT));
    }
    if (verb == MetaVerb.NOOP) {
      return decoded.set(SessionCommand.NOOP, consumedLine(), MetaForm.of(verb), false);
    }
    if (line.count() < 2) {
      return refuse(Complaint.BAD_FORMAT);
    }
    return verb == MetaVerb.STORE ? store() : keyed(verb);
  }

  /** {@code mg|md|ma|me <key> <flag>*\r\n} */
  private DecodeResult keyed(MetaVerb verb) {
    Complaint complaint = request.read(verb, 2);
    if (complaint == null) {
      complaint =
          switch (verb) {
            case GET -> get();
            case DELETE -> delete();
            case COUNT -> count();
            default -> inspect();
          };
    }
    if (complaint == null) {
      complaint = request.opaqueComplaint();
    }
    if (complaint == null && !putKey(0)) {
      complaint = Complaint.BAD_KEY;
    }
    return complaint == null ? accept(consumedLine()) : refuse(complaint);
  }

  private @Nullable Complaint get() {
    command.reset(Verb.GET);
    command.modifiers = ItemCommand.WANT_MARKS | ItemCommand.WIN;
    want('v', ItemCommand.WANT_VALUE);
    boolean unknownSize = request.has('s') && !request.has('v');
    if (unknownSize || request.has('t') || request.has('l') || request.has('h')) {
      command.modifiers |= ItemCommand.WANT_META;
    }
    want('N', ItemCommand.CREATE);
    want('R', ItemCommand.RECACHE);
    want('T', ItemCommand.TOUCH);
    want('u', ItemCommand.NO_ACCESS);
    putTimes();
    return null;
  }

  private @Nullable Complaint delete() {
    command.reset(Verb.DELETE);
    want('I', ItemCommand.INVALIDATE);
    want('x', ItemCommand.CLEAR_VALUE);
    want('T', ItemCommand.TOUCH);
    command.flags = (int) request.flags;
    command.cas = request.has('C') && request.cas == 0 ? IMPOSSIBLE_CAS : request.cas;
    putTimes();
    return null;
  }

  private @Nullable Complaint count() {
    boolean up;
    switch (request.has('M') ? request.mode : '+') {
      case 'I', 'i', '+' -> up = true;
      case 'D', 'd', '-' -> up = false;
      default -> {
        return Complaint.BAD_COUNT_MODE;
      }
    }
    command.reset(up ? Verb.INCR : Verb.DECR);
    want('t', ItemCommand.WANT_META);
    want('N', ItemCommand.CREATE);
    want('T', ItemCommand.TOUCH);
    command.cas = request.cas;
    command.delta = request.delta;
    command.initial = request.initial;
    putTimes();
    return null;
  }

  private @Nullable Complaint inspect() {
    command.reset(Verb.GET);
    command.modifiers = ItemCommand.WANT_META | ItemCommand.WANT_PLACE | ItemCommand.NO_ACCESS;
    return null;
  }

  private void want(int letter, int modifier) {
    if (request.has(letter)) {
      command.modifiers |= modifier;
    }
  }

  private void putTimes() {
    command.exptime = (int) request.exptime;
    command.createExptime = request.has('N') ? (int) request.createExptime : 0;
    command.recacheSeconds = request.has('R') ? (int) request.recacheSeconds : 0;
    command.newCas = request.newCas;
  }

  /** {@code ms <key> <bytes> <flag>*\r\n<value>\r\n} */
  private DecodeResult store() {
    long length = line.count() > 2 ? line.number(2) : -1;
    if (length < 0) {
      return refuse(Complaint.BAD_FORMAT);
    }
    if (length > MAX_SWALLOWED_BYTES) {
      return Rejected.andClose(Fault.BAD_FORMAT, consumedLine())
          .inForm(MetaForm.of(Complaint.BAD_FORMAT));
    }
    Complaint complaint = request.read(MetaVerb.STORE, 3);
    if (complaint == null) {
      complaint = mode();
    }
    if (complaint != null) {
      return refuseValue(complaint, length);
    }
    if (!putKey(0)) {
      return refuseValue(Complaint.BAD_KEY, length);
    }
    if (!ItemLimits.fits(command.keyLength, length)) {
      return tooLarge(length);
    }
    complaint = request.opaqueComplaint();
    if (complaint != null) {
      return refuseValue(complaint, length);
    }
    return value((int) length);
  }

  /** Which of the stores it is, by the mode and whether a cas unique is demanded. */
  private @Nullable Complaint mode() {
    boolean demandsCas = request.has('C');
    Verb verb;
    switch (request.has('M') ? request.mode : 'S') {
      case 'S', 's' -> verb = demandsCas ? Verb.CAS : Verb.SET;
      case 'R', 'r' -> verb = demandsCas ? Verb.CAS : Verb.REPLACE;
      case 'E', 'e' -> verb = Verb.ADD;
      case 'A', 'a' -> verb = Verb.APPEND;
      case 'P', 'p' -> verb = Verb.PREPEND;
      default -> {
        return Complaint.BAD_STORE_MODE;
      }
    }
    command.reset(verb);
    want('s', ItemCommand.WANT_META);
    want('I', ItemCommand.INVALIDATE);
    if (verb == Verb.APPEND || verb == Verb.PREPEND) {
      want('N', ItemCommand.CREATE);
    }
    command.flags = (int) request.flags;
    command.cas = verb == Verb.ADD ? ItemCommand.NO_CAS : request.cas;
    putTimes();
    return null;
  }

  private DecodeResult value(int length) {
    int end = line.end() + length;
    if (to - end < TERMINATOR_BYTES) {
      return needMore.set(end + TERMINATOR_BYTES - from);
    }
    if (bytes[end] != '\r' || bytes[end + 1] != '\n') {
      return Rejected.andSkipLine(Fault.BAD_DATA_CHUNK, end - from)
          .inForm(MetaForm.of(MetaVerb.STORE));
    }
    putKey(length);
    return accept(end + TERMINATOR_BYTES - from);
  }

  /**
   * A set that is refused removes the item, so that nobody reads on what was meant to be replaced.
   */
  private Rejected tooLarge(long length) {
    Rejected refused =
        Rejected.andSwallow(Fault.TOO_LARGE, consumedLine(), length + TERMINATOR_BYTES)
            .inForm(MetaForm.of(MetaVerb.STORE));
    if (command.verb != Verb.SET) {
      return refused;
    }
    command.reset(Verb.DELETE);
    putKey(0);
    return refused.instead(command);
  }

  /**
   * Points the command to its key, and to the value behind the line; in base64 the key is decoded,
   * to another array, and the value must follow it there.
   *
   * @return whether the key is one
   */
  private boolean putKey(int valueLength) {
    command.valueLength = valueLength;
    if (!request.isBase64()) {
      command.bytes = bytes;
      command.keyOffset = line.start(1);
      command.keyLength = line.length(1);
      command.valueOffset = line.end();
      return true;
    }
    byte[] target = room(line.length(1) + valueLength);
    int keyLength = Base64Key.decode(bytes, line.start(1), line.end(1), target);
    if (keyLength < 0) {
      return false;
    }
    System.arraycopy(bytes, line.end(), target, keyLength, valueLength);
    command.bytes = target;
    command.keyOffset = 0;
    command.keyLength = keyLength;
    command.valueOffset = keyLength;
    return true;
  }

  private byte[] room(int count) {
    if (count > MAX_KEPT_BYTES) {
      return new byte[count];
    }
    if (scratch.length < count) {
      scratch = new byte[Math.max(256, Integer.highestOneBit(count - 1) << 1)];
    }
    return scratch;
  }

  private Decoded accept(int consumed) {
    decoded.set(command, consumed, request.form(), false);
    int start = request.noteStart();
    decoded.note().set(bytes, start, request.noteEnd() - start);
    return decoded;
  }

  private Rejected refuse(Complaint complaint) {
    return Rejected.andContinue(Fault.BAD_FORMAT, consumedLine()).inForm(MetaForm.of(complaint));
  }

  private Rejected refuseValue(Complaint complaint, long length) {
    return Rejected.andSwallow(Fault.BAD_FORMAT, consumedLine(), length + TERMINATOR_BYTES)
        .inForm(MetaForm.of(complaint));
  }

  private int consumedLine() {
    return line.end() - from;
  }
}

package dev.flagstone.protocol.text;

import dev.flagstone.command.CacheCommand;
import dev.flagstone.command.Fault;
import dev.flagstone.command.ItemCommand;
import dev.flagstone.command.SessionCommand;
import dev.flagstone.command.StatsTopic;
import dev.flagstone.command.Verb;
import dev.flagstone.item.ItemLimits;
import dev.flagstone.protocol.DecodeResult;
import dev.flagstone.protocol.Decoded;
import dev.flagstone.protocol.Decoder;
import dev.flagstone.protocol.NeedMore;
import dev.flagstone.protocol.Rejected;

/**
 * The decoder of memcached's text protocol, for one session that has logged in.
 *
 * <p>The grammar is that of memcached's {@code doc/protocol.txt}; where the two differ stands in
 * {@code docs/adr/0004-text-protocol-deviations.md}. Spaces may be many, {@code \n} alone ends a
 * line too, and words are compared as a whole.
 *
 * <p>A retrieval is handed out key by key, each as soon as the byte behind it tells whether it is
 * the last, so a list of any length needs room for one key only. If a later key turns out bad, the
 * values of the earlier ones may have been sent already: the client then reads the error in place
 * of {@code END}.
 *
 * <p>A line with a value whose length can be read never leaves that value behind to be read as
 * commands, whatever else is wrong with it.
 */
public final class TextDecoder implements Decoder {

  /** The largest value that is discarded; a client that announces more has lost its way. */
  static final long MAX_SWALLOWED_BYTES = Integer.MAX_VALUE - 2L;

  /** Bytes of the line end behind a value. */
  static final int TERMINATOR_BYTES = 2;

  private static final long MAX_FLAGS = 0xFFFF_FFFFL;
  private static final long NO_LIST = -1;

  private static final byte[] ZERO = {'0'};

  private final Line line = new Line();
  private final ItemCommand command = new ItemCommand();
  private final Decoded decoded = new Decoded();
  private final NeedMore needMore = new NeedMore();

  // Of the call that is under way.
  private byte[] bytes = {};
  private int from;
  private int to;

  // Of the retrieval whose list of keys goes on behind the last outcome.
  private long listForm = NO_LIST;
  private int listExptime;

  @Override
  public DecodeResult decode(byte[] newBytes, int newFrom, int newTo) {
    bytes = newBytes;
    from = newFrom;
    to = newTo;
    line.reset(bytes, from, to);
    int start = line.skipSpaces(from);
    if (start < 0) {
      return incomplete();
    }
    if (listForm != NO_LIST) {
      return key(start, listForm, listExptime);
    }
    int end = line.tokenEnd(start);
    if (end < 0) {
      return incomplete();
    }
    if (end == start) {
      return endsEarly(start);
    }
    Word word = Word.of(bytes, start, end);
    return switch (word) {
      case GET -> list(end, TextForm.of(Verb.GET));
      case GETS -> list(end, TextForm.of(Verb.GET) | TextForm.WITH_CAS);
      case GAT -> listWithExptime(end, TextForm.of(Verb.GAT));
      case GATS -> listWithExptime(end, TextForm.of(Verb.GAT) | TextForm.WITH_CAS);
      case HTTP -> Rejected.andClose(null, end - from);
      default -> line.split(end) ? wholeLine(word) : incomplete();
    };
  }

  /** Whether the next byte belongs to the list of a retrieval that has been handed out in part. */
  public boolean isInsideList() {
    return listForm != NO_LIST;
  }

  private DecodeResult wholeLine(Word word) {
    return switch (word) {
      case SET -> store(Verb.SET, 4);
      case ADD -> store(Verb.ADD, 4);
      case REPLACE -> store(Verb.REPLACE, 4);
      case APPEND -> store(Verb.APPEND, 4);
      case PREPEND -> store(Verb.PREPEND, 4);
      case CAS -> store(Verb.CAS, 5);
      case DELETE -> delete();
      case INCR -> count(Verb.INCR);
      case DECR -> count(Verb.DECR);
      case TOUCH -> touch();
      case FLUSH_ALL -> flush();
      case STATS -> stats();
      case VERBOSITY -> verbosity();
      case VERSION -> accept(SessionCommand.VERSION, false);
      case MN -> accept(SessionCommand.NOOP, false);
      case QUIT -> accept(SessionCommand.QUIT, true);
      case FOREIGN -> refuse(Fault.NOT_ALLOWED);
      default -> refuse(Fault.UNKNOWN_COMMAND);
    };
  }

  /** {@code get|gets <key>*\r\n} */
  private DecodeResult list(int at, long form) {
    int start = line.skipSpaces(at);
    return start < 0 ? incomplete() : key(start, form, 0);
  }

  /** {@code gat|gats <exptime> <key>*\r\n} */
  private DecodeResult listWithExptime(int at, long form) {
    int start = line.skipSpaces(at);
    int end = start < 0 ? -1 : line.tokenEnd(start);
    if (end < 0) {
      return incomplete();
    }
    if (end == start) {
      return endsEarly(start);
    }
    long exptime = line.exptime(start, end);
    if (exptime == Line.NOT_A_NUMBER) {
      return Rejected.andSkipLine(Fault.BAD_EXPTIME, end - from);
    }
    int key = line.skipSpaces(end);
    return key < 0 ? incomplete() : key(key, form, (int) exptime);
  }

  /** One key of a list, and whether it is the last. */
  private DecodeResult key(int start, long form, int exptime) {
    int end = line.tokenEnd(start);
    int next = end < 0 ? -1 : line.skipSpaces(end);
    if (next < 0) {
      return incomplete();
    }
    if (end == start) {
      return endsEarly(start);
    }
    if (!line.isKey(start, end)) {
      listForm = NO_LIST;
      return Rejected.andSkipLine(Fault.BAD_FORMAT, end - from);
    }
    int behind = line.lineEnd(next);
    boolean last = behind > next;
    listForm = last ? NO_LIST : form;
    listExptime = exptime;
    command.reset(TextForm.verb(form));
    command.modifiers = ItemCommand.WANT_VALUE | ItemCommand.WANT_KEY;
    command.exptime = exptime;
    putKey(start, end);
    return decoded.set(command, behind - from, last ? form | TextForm.LAST : form, false);
  }

  /** A line that ends where its first word or key should be. */
  private Rejected endsEarly(int at) {
    return Rejected.andContinue(Fault.UNKNOWN_COMMAND, line.lineEnd(at) - from);
  }

  /**
   * {@code <verb> <key> <flags> <exptime> <bytes> [<cas unique>] [noreply]\r\n<value>\r\n}
   *
   * @param arguments how many there are without {@code noreply}
   */
  private DecodeResult store(Verb verb, int arguments) {
    if (line.count() < arguments || line.count() > arguments + 1) {
      return refuseValue(Fault.UNKNOWN_COMMAND, false);
    }
    boolean noreply = line.isNoreply(1);
    long flags = line.number(1);
    long exptime = line.exptime(2);
    long length = line.number(3);
    if (!line.isKey(0)
        || flags < 0
        || flags > MAX_FLAGS
        || exptime == Line.NOT_A_NUMBER
        || length < 0
        || (verb == Verb.CAS && !line.isUnsigned(4))) {
      return refuseValue(Fault.BAD_FORMAT, noreply);
    }
    if (!ItemLimits.fits(line.length(0), length)) {
      return tooLarge(verb, noreply);
    }
    int end = line.end() + (int) length;
    if (to - end < TERMINATOR_BYTES) {
      return needMore.set(end + TERMINATOR_BYTES - from);
    }
    if (bytes[end] != '\r' || bytes[end + 1] != '\n') {
      return spoken(Rejected.andSkipLine(Fault.BAD_DATA_CHUNK, end - from), noreply);
    }
    command.reset(verb);
    putKey(line.start(0), line.end(0));
    command.valueOffset = line.end();
    command.valueLength = (int) length;
    command.flags = (int) flags;
    command.exptime = (int) exptime;
    command.cas = verb == Verb.CAS ? line.unsigned(4) : ItemCommand.NO_CAS;
    int consumed = end + TERMINATOR_BYTES - from;
    return decoded.set(command, consumed, TextForm.of(verb), noreply);
  }

  /**
   * A set that is refused removes the item, so that nobody reads on what was meant to be replaced.
   */
  private Rejected tooLarge(Verb verb, boolean noreply) {
    Rejected refused = refuseValue(Fault.TOO_LARGE, noreply);
    if (verb != Verb.SET || refused.recovery() == Rejected.Recovery.CLOSE) {
      return refused;
    }
    command.reset(Verb.DELETE);
    putKey(line.start(0), line.end(0));
    return refused.instead(command);
  }

  /** Refuses a line, and the value behind it if its length can be read. */
  private Rejected refuseValue(Fault fault, boolean noreply) {
    long length = line.count() > 3 ? line.number(3) : -1;
    if (length > MAX_SWALLOWED_BYTES) {
      return Rejected.andClose(Fault.BAD_FORMAT, consumedLine());
    }
    Rejected refused =
        length < 0
            ? Rejected.andContinue(fault, consumedLine())
            : Rejected.andSwallow(fault, consumedLine(), length + TERMINATOR_BYTES);
    return spoken(refused, noreply);
  }

  /** {@code delete <key> [0] [noreply]\r\n}, whose 0 is the time that it took long ago. */
  private DecodeResult delete() {
    int arguments = line.count();
    if (arguments < 1 || arguments > 3) {
      return refuse(Fault.UNKNOWN_COMMAND);
    }
    boolean noreply = line.isNoreply(1);
    boolean wellFormed =
        switch (arguments) {
          case 1 -> true;
          case 2 -> noreply || line.is(1, ZERO);
          default -> noreply && line.is(1, ZERO);
        };
    if (!wellFormed) {
      return refuse(Fault.BAD_DELETE_FORMAT, noreply);
    }
    if (!line.isKey(0)) {
      return refuse(Fault.BAD_FORMAT, noreply);
    }
    command.reset(Verb.DELETE);
    return acceptKeyed(noreply);
  }

  /** {@code incr|decr <key> <delta> [noreply]\r\n} */
  private DecodeResult count(Verb verb) {
    if (line.count() < 2 || line.count() > 3) {
      return refuse(Fault.UNKNOWN_COMMAND);
    }
    boolean noreply = line.isNoreply(1);
    if (!line.isKey(0)) {
      return refuse(Fault.BAD_FORMAT, noreply);
    }
    if (!line.isUnsigned(1)) {
      return refuse(Fault.BAD_DELTA, noreply);
    }
    command.reset(verb).delta = line.unsigned(1);
    return acceptKeyed(noreply);
  }

  /** {@code touch <key> <exptime> [noreply]\r\n} */
  private DecodeResult touch() {
    if (line.count() < 2 || line.count() > 3) {
      return refuse(Fault.UNKNOWN_COMMAND);
    }
    boolean noreply = line.isNoreply(1);
    if (!line.isKey(0)) {
      return refuse(Fault.BAD_FORMAT, noreply);
    }
    long exptime = line.exptime(1);
    if (exptime == Line.NOT_A_NUMBER) {
      return refuse(Fault.BAD_EXPTIME, noreply);
    }
    command.reset(Verb.TOUCH).exptime = (int) exptime;
    return acceptKeyed(noreply);
  }

  /**
   * {@code flush_all [<delay>] [noreply]\r\n}, whose delay is refused where it does not fit: an
   * exptime becomes 0 then, and 0 would be now.
   */
  private DecodeResult flush() {
    if (line.count() > 2) {
      return refuse(Fault.UNKNOWN_COMMAND);
    }
    boolean noreply = line.isNoreply(0);
    boolean hasDelay = line.count() > (noreply ? 1 : 0);
    long delay = hasDelay ? line.exptime(0) : 0;
    if (delay == Line.NOT_A_NUMBER || (hasDelay && line.number(0) > Integer.MAX_VALUE)) {
      return refuse(Fault.BAD_EXPTIME, noreply);
    }
    return accept(new CacheCommand(Verb.FLUSH, (int) delay), noreply);
  }

  /** {@code stats [settings|items|slabs|sizes|reset]\r\n} */
  private DecodeResult stats() {
    return switch (StatsWord.of(line)) {
      case GENERAL -> stats(StatsTopic.GENERAL);
      case ITEMS -> stats(StatsTopic.ITEMS);
      case SLABS -> stats(StatsTopic.SLABS);
      case SIZES -> stats(StatsTopic.SIZES);
      case SETTINGS -> accept(SessionCommand.STATS_SETTINGS, false);
      case RESET -> accept(new CacheCommand(Verb.RESET_STATS, 0), false);
      case CACHEDUMP, CONNS, DETAIL -> refuse(Fault.NOT_ALLOWED);
      case UNKNOWN -> refuse(Fault.UNKNOWN_TOPIC);
    };
  }

  private DecodeResult stats(StatsTopic topic) {
    return accept(new CacheCommand(Verb.STATS, topic.ordinal()), false);
  }

  /** {@code verbosity <level> [noreply]\r\n} */
  private DecodeResult verbosity() {
    if (line.count() < 1 || line.count() > 2) {
      return refuse(Fault.UNKNOWN_COMMAND);
    }
    boolean noreply = line.isNoreply(0);
    if (!line.isUnsigned(0)) {
      return refuse(Fault.BAD_FORMAT, noreply);
    }
    return accept(SessionCommand.VERBOSITY, noreply);
  }

  /** The command, about the key that is the first argument. */
  private Decoded acceptKeyed(boolean noreply) {
    putKey(line.start(0), line.end(0));
    return decoded.set(command, consumedLine(), TextForm.of(command.verb), noreply);
  }

  private void putKey(int start, int end) {
    command.bytes = bytes;
    command.keyOffset = start;
    command.keyLength = end - start;
  }

  private Decoded accept(SessionCommand accepted, boolean noreply) {
    return decoded.set(accepted, consumedLine(), 0, noreply);
  }

  private Decoded accept(CacheCommand accepted, boolean noreply) {
    return decoded.set(accepted, consumedLine(), TextForm.of(accepted.verb()), noreply);
  }

  private Rejected refuse(Fault fault) {
    return Rejected.andContinue(fault, consumedLine());
  }

  private Rejected refuse(Fault fault, boolean noreply) {
    return spoken(refuse(fault), noreply);
  }

  /** Says nothing of a refusal to a client that wants no reply. */
  private static Rejected spoken(Rejected refused, boolean noreply) {
    return noreply ? refused.silently() : refused;
  }

  private int consumedLine() {
    return line.end() - from;
  }

  private DecodeResult incomplete() {
    if (to - from < Line.MAX_BYTES) {
      return needMore.set(to - from + 1);
    }
    listForm = NO_LIST;
    return Rejected.andClose(Fault.LINE_TOO_LONG, Line.MAX_BYTES);
  }
}

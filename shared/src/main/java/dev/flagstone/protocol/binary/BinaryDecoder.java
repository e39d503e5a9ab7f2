package dev.flagstone.protocol.binary;

import dev.flagstone.command.CacheCommand;
import dev.flagstone.command.Fault;
import dev.flagstone.command.ItemCommand;
import dev.flagstone.command.SessionCommand;
import dev.flagstone.command.StatsTopic;
import dev.flagstone.command.Verb;
import dev.flagstone.item.Exptime;
import dev.flagstone.item.ItemLimits;
import dev.flagstone.protocol.DecodeResult;
import dev.flagstone.protocol.Decoded;
import dev.flagstone.protocol.Decoder;
import dev.flagstone.protocol.Rejected;
import org.jspecify.annotations.Nullable;

/**
 * The decoder of memcached's binary protocol, for one session that acts on somebody's behalf.
 *
 * <p>A request is judged by its header, before its body is waited for. One that lacks what its
 * opcode needs, or has more, is refused and its body swallowed; only where nobody can know where
 * the next one begins (no magic, parts longer than their whole, a body of 2 GiB or more) does the
 * connection end.
 *
 * <p>SASL requests are unknown commands here, as on a memcached without SASL: a session needs no
 * second login, and one on a bound listener none at all.
 */
public final class BinaryDecoder implements Decoder {

  /** The exptime with which a count makes no item. */
  private static final int NO_CREATION = 0xFFFF_FFFF;

  private final Request request = new Request();
  private final ItemCommand command = new ItemCommand();
  private final Decoded decoded = new Decoded();

  @Override
  public DecodeResult decode(byte[] bytes, int from, int to) {
    DecodeResult unreadable = request.open(bytes, from, to, Fault.BAD_FORMAT);
    if (unreadable != null) {
      return unreadable;
    }
    Opcode opcode = request.opcode();
    return switch (opcode) {
      case GET, GETQ, GETK, GETKQ -> retrieve(opcode, 0);
      case GAT, GATQ, GATK, GATKQ -> retrieve(opcode, 4);
      case SET, SETQ, ADD, ADDQ, REPLACE, REPLACEQ -> store(opcode.verb());
      case APPEND, APPENDQ, PREPEND, PREPENDQ -> join(opcode.verb());
      case DELETE, DELETEQ -> delete();
      case INCREMENT, INCREMENTQ, DECREMENT, DECREMENTQ -> count(opcode.verb());
      case TOUCH -> touch();
      case FLUSH, FLUSHQ -> flush();
      case STAT -> stats();
      case NOOP -> bare(SessionCommand.NOOP, false);
      case VERSION -> bare(SessionCommand.VERSION, false);
      case QUIT -> bare(SessionCommand.QUIT, false);
      case QUITQ -> bare(SessionCommand.QUIT, true);
      case VERBOSITY -> verbosity();
      case SASL_LIST, SASL_AUTH, SASL_STEP, UNKNOWN -> request.refuse(Fault.UNKNOWN_COMMAND);
    };
  }

  /**
   * {@code get|getq|getk|getkq: <key>} and {@code gat|gatq|gatk|gatkq: <exptime:4> <key>}
   *
   * <p>The key that a response carries is noted, not asked for: a miss carries it too.
   */
  private DecodeResult retrieve(Opcode opcode, int extras) {
    DecodeResult unready = unreadyKey(extras);
    if (unready != null) {
      return unready;
    }
    putKey(opcode.verb());
    command.modifiers = ItemCommand.WANT_VALUE;
    command.exptime = extras == 0 ? 0 : exptime(0);
    Decoded accepted = accept();
    if (opcode.isKeyed()) {
      accepted.note().set(request.bytes(), request.keyOffset(), request.keyLength());
    }
    return accepted;
  }

  /** {@code set|add|replace(q): <flags:4> <exptime:4> <key> <value>} */
  private DecodeResult store(Verb verb) {
    DecodeResult unready = unreadyValue(verb, 8);
    if (unready != null) {
      return unready;
    }
    boolean demandsCas = request.cas() != ItemCommand.NO_CAS;
    putKey(verb == Verb.SET && demandsCas ? Verb.CAS : verb);
    putValue();
    command.flags = request.intExtra(0);
    command.exptime = exptime(4);
    command.cas = request.cas();
    return accept();
  }

  /** {@code append|prepend(q): <key> <value>} */
  private DecodeResult join(Verb verb) {
    DecodeResult unready = unreadyValue(verb, 0);
    if (unready != null) {
      return unready;
    }
    putKey(verb);
    putValue();
    command.cas = request.cas();
    return accept();
  }

  /** {@code delete(q): <key>} */
  private DecodeResult delete() {
    DecodeResult unready = unreadyKey(0);
    if (unready != null) {
      return unready;
    }
    putKey(Verb.DELETE);
    command.cas = request.cas();
    return accept();
  }

  /** {@code increment|decrement(q): <delta:8> <initial:8> <exptime:4> <key>} */
  private DecodeResult count(Verb verb) {
    DecodeResult unready = unreadyKey(20);
    if (unready != null) {
      return unready;
    }
    putKey(verb);
    command.delta = request.longExtra(0);
    if (request.intExtra(16) != NO_CREATION) {
      command.modifiers = ItemCommand.CREATE;
      command.initial = request.longExtra(8);
      command.createExptime = exptime(16);
    }
    command.cas = request.cas();
    return accept();
  }

  /** {@code touch: <exptime:4> <key>} */
  private DecodeResult touch() {
    DecodeResult unready = unreadyKey(4);
    if (unready != null) {
      return unready;
    }
    putKey(Verb.TOUCH);
    command.exptime = exptime(0);
    return accept();
  }

  /**
   * {@code flush(q): [<delay:4>]}, whose delay is refused where it is after 2038: what never
   * expires of an exptime would be now of a delay.
   */
  private DecodeResult flush() {
    int extras = request.extrasLength();
    if (request.bodyLength() != extras || (extras != 0 && extras != 4)) {
      return request.refuse(Fault.BAD_FORMAT);
    }
    DecodeResult unready = request.await(request.length());
    if (unready != null) {
      return unready;
    }
    int delay = extras == 0 ? 0 : request.intExtra(0);
    return delay < 0
        ? Rejected.andContinue(Fault.BAD_EXPTIME, request.length()).inForm(request.form())
        : accept(new CacheCommand(Verb.FLUSH, delay));
  }

  /** {@code stat: [<key>]} */
  private DecodeResult stats() {
    int keyLength = request.keyLength();
    if (request.bodyLength() != keyLength || keyLength > ItemLimits.MAX_KEY_BYTES) {
      return request.refuse(Fault.BAD_FORMAT);
    }
    DecodeResult unready = request.await(request.length());
    if (unready != null) {
      return unready;
    }
    return switch (StatKey.of(request.bytes(), request.keyOffset(), keyLength)) {
      case GENERAL -> stats(StatsTopic.GENERAL);
      case ITEMS -> stats(StatsTopic.ITEMS);
      case SLABS -> stats(StatsTopic.SLABS);
      case SIZES -> stats(StatsTopic.SIZES);
      case SETTINGS -> accept(SessionCommand.STATS_SETTINGS, false);
      case RESET -> accept(new CacheCommand(Verb.RESET_STATS, 0));
      case CACHEDUMP, CONNS, DETAIL -> request.refuse(Fault.NOT_ALLOWED);
      case UNKNOWN -> request.refuse(Fault.UNKNOWN_TOPIC);
    };
  }

  private Decoded stats(StatsTopic topic) {
    return accept(new CacheCommand(Verb.STATS, topic.ordinal()));
  }

  /** {@code verbosity: <level:4>} */
  private DecodeResult verbosity() {
    if (request.extrasLength() != 4 || request.bodyLength() != 4) {
      return request.refuse(Fault.BAD_FORMAT);
    }
    DecodeResult unready = request.await(request.length());
    return unready != null ? unready : accept(SessionCommand.VERBOSITY, false);
  }

  /** {@code noop|version|quit(q):} and no body */
  private DecodeResult bare(SessionCommand asked, boolean noreply) {
    return request.bodyLength() == 0 ? accept(asked, noreply) : request.refuse(Fault.BAD_FORMAT);
  }

  /** Why a request with a key and without a value cannot be carried out (yet), or null. */
  private @Nullable DecodeResult unreadyKey(int extras) {
    return request.hasKeyAndExtras(extras) && request.valueLength() == 0
        ? request.await(request.length())
        : request.refuse(Fault.BAD_FORMAT);
  }

  /** Why a request with a key and a value cannot be carried out (yet), or null. */
  private @Nullable DecodeResult unreadyValue(Verb verb, int extras) {
    if (!request.hasKeyAndExtras(extras)) {
      return request.refuse(Fault.BAD_FORMAT);
    }
    return ItemLimits.fits(request.keyLength(), request.valueLength())
        ? request.await(request.length())
        : tooLarge(verb);
  }

  /**
   * A set that is refused removes the item, so that nobody reads on what was meant to be replaced;
   * one with a cas removes what it would have replaced, and nothing newer.
   */
  private DecodeResult tooLarge(Verb verb) {
    if (verb != Verb.SET || !request.canBeSwallowed()) {
      return request.refuse(Fault.TOO_LARGE);
    }
    int seen = request.lengthBeforeValue();
    DecodeResult unready = request.await(seen);
    if (unready != null) {
      return unready;
    }
    putKey(Verb.DELETE);
    command.cas = request.cas();
    return Rejected.andSwallow(Fault.TOO_LARGE, seen, request.valueLength())
        .inForm(request.form())
        .instead(command);
  }

  /**
   * The exptime at this place of the extras. It is unsigned: from 2^31 on it is a Unix time after
   * 2038, which never expires, as it would in the text protocol.
   */
  private int exptime(int offset) {
    int exptime = request.intExtra(offset);
    return exptime < 0 ? Exptime.NEVER : exptime;
  }

  private void putKey(Verb verb) {
    command.reset(verb);
    command.bytes = request.bytes();
    command.keyOffset = request.keyOffset();
    command.keyLength = request.keyLength();
  }

  private void putValue() {
    command.valueOffset = request.valueOffset();
    command.valueLength = (int) request.valueLength();
  }

  private Decoded accept() {
    return decoded.set(command, request.length(), request.form(), false);
  }

  private Decoded accept(SessionCommand accepted, boolean noreply) {
    return decoded.set(accepted, request.length(), request.form(), noreply);
  }

  private Decoded accept(CacheCommand accepted) {
    return decoded.set(accepted, request.length(), request.form(), false);
  }
}

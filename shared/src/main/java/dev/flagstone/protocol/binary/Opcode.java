package dev.flagstone.protocol.binary;

import dev.flagstone.command.Verb;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a request asks for: the second byte of every packet. */
enum Opcode {
  GET(0x00, Verb.GET),
  GETQ(0x09, Verb.GET, Trait.QUIET),
  GETK(0x0c, Verb.GET, Trait.KEYED),
  GETKQ(0x0d, Verb.GET, Trait.KEYED | Trait.QUIET),
  SET(0x01, Verb.SET),
  SETQ(0x11, Verb.SET, Trait.QUIET),
  ADD(0x02, Verb.ADD),
  ADDQ(0x12, Verb.ADD, Trait.QUIET),
  REPLACE(0x03, Verb.REPLACE),
  REPLACEQ(0x13, Verb.REPLACE, Trait.QUIET),
  DELETE(0x04, Verb.DELETE),
  DELETEQ(0x14, Verb.DELETE, Trait.QUIET),
  INCREMENT(0x05, Verb.INCR),
  INCREMENTQ(0x15, Verb.INCR, Trait.QUIET),
  DECREMENT(0x06, Verb.DECR),
  DECREMENTQ(0x16, Verb.DECR, Trait.QUIET),
  APPEND(0x0e, Verb.APPEND),
  APPENDQ(0x19, Verb.APPEND, Trait.QUIET),
  PREPEND(0x0f, Verb.PREPEND),
  PREPENDQ(0x1a, Verb.PREPEND, Trait.QUIET),
  TOUCH(0x1c, Verb.TOUCH),
  GAT(0x1d, Verb.GAT),
  GATQ(0x1e, Verb.GAT, Trait.QUIET),
  GATK(0x23, Verb.GAT, Trait.KEYED),
  GATKQ(0x24, Verb.GAT, Trait.KEYED | Trait.QUIET),
  FLUSH(0x08, Verb.FLUSH),
  FLUSHQ(0x18, Verb.FLUSH, Trait.QUIET),
  STAT(0x10, Verb.STATS),
  NOOP(0x0a),
  VERSION(0x0b),
  VERBOSITY(0x1b),
  QUIT(0x07),
  QUITQ(0x17),
  SASL_LIST(0x20),
  SASL_AUTH(0x21),
  SASL_STEP(0x22),
  /** All others. */
  UNKNOWN(-1);

  /** How an opcode differs from the plain one with its verb. */
  private static final class Trait {
    static final int QUIET = 1;
    static final int KEYED = 1 << 1;
  }

  private static final Opcode[] BY_CODE = new Opcode[256];

  static {
    Arrays.fill(BY_CODE, UNKNOWN);
    for (Opcode opcode : values()) {
      if (opcode != UNKNOWN) {
        BY_CODE[opcode.code] = opcode;
      }
    }
  }

  private final int code;
  private final @Nullable Verb verb;
  private final int traits;

  Opcode(int code) {
    this(code, null, 0);
  }

  Opcode(int code, Verb verb) {
    this(code, verb, 0);
  }

  Opcode(int code, @Nullable Verb verb, int traits) {
    this.code = code;
    this.verb = verb;
    this.traits = traits;
  }

  /** The opcode with this code, which must be in {@code 0..255}. */
  static Opcode of(int code) {
    return BY_CODE[code];
  }

  /** What it asks of a data node; not to be called for what the proxy answers itself. */
  Verb verb() {
    if (verb == null) {
      throw new IllegalStateException(this + " asks nothing of a data node");
    }
    return verb;
  }

  /** Whether only what went wrong is told; of a retrieval: only what is no miss. */
  boolean isQuiet() {
    return (traits & Trait.QUIET) != 0;
  }

  /** Whether the reply carries the key. */
  boolean isKeyed() {
    return (traits & Trait.KEYED) != 0;
  }
}

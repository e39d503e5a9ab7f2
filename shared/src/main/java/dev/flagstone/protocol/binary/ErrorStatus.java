package dev.flagstone.protocol.binary;

import dev.flagstone.command.Fault;
import dev.flagstone.command.Status;
import dev.flagstone.command.Verb;
import java.nio.charset.StandardCharsets;

/**
 * What a response says went wrong: a code for the client, and words for people. The words are
 * memcached's where it has any.
 *
 * <p>Clients take 1, 2, 3 and 5 in their stride and reset the connection at most others, so what is
 * no fault of the connection (nobody could answer, a capability is lacking) is one of these. 0x20
 * is kept for sessions that have not logged in: clients take it for a failed login.
 */
enum ErrorStatus {
  KEY_NOT_FOUND(0x01, "Not found"),
  KEY_EXISTS(0x02, "Data exists for key."),
  TOO_LARGE(0x03, "Too large."),
  INVALID_ARGUMENTS(0x04, "Invalid arguments"),
  NOT_STORED(0x05, "Not stored."),
  BACKEND_UNAVAILABLE(0x05, "Backend unavailable"),
  WRITE_DENIED(0x05, "Write capability required"),
  FLUSH_DENIED(0x05, "Flush capability required"),
  NON_NUMERIC(0x06, "Non-numeric server-side value for incr or decr"),
  AUTHENTICATION(0x20, "Auth failure."),
  UNKNOWN_COMMAND(0x81, "Unknown command"),
  NOT_ALLOWED(0x81, "Not allowed"),
  OUT_OF_MEMORY(0x82, "Out of memory"),
  INTERNAL(0x84, "Internal error"),
  BUSY(0x85, "Too many open connections");

  private final int code;

  @SuppressWarnings("ImmutableEnumChecker") // Never written to.
  private final byte[] words;

  ErrorStatus(int code, String words) {
    this.code = code;
    this.words = words.getBytes(StandardCharsets.US_ASCII);
  }

  /** 16 bits, unsigned. */
  int code() {
    return code;
  }

  /** For people, in ASCII; not to be written to. */
  byte[] words() {
    return words;
  }

  /** How a command that failed with {@code status} is answered. */
  static ErrorStatus of(Verb verb, Status status) {
    return switch (status) {
      case MISS, NOT_FOUND -> KEY_NOT_FOUND;
      case EXISTS -> KEY_EXISTS;
      case NOT_STORED -> conditionNotMet(verb);
      case NON_NUMERIC -> NON_NUMERIC;
      case TOO_LARGE -> TOO_LARGE;
      case OUT_OF_MEMORY -> OUT_OF_MEMORY;
      case UNAVAILABLE, WRONG_OWNER -> unavailable(verb);
      case WRITE_DENIED -> WRITE_DENIED;
      case FLUSH_DENIED -> FLUSH_DENIED;
      case HIT, STORED, DELETED, TOUCHED, COUNTED, OK ->
          throw new IllegalStateException(status + " is no error");
    };
  }

  private static ErrorStatus conditionNotMet(Verb verb) {
    return switch (verb) {
      case ADD -> KEY_EXISTS;
      case REPLACE -> KEY_NOT_FOUND;
      default -> NOT_STORED;
    };
  }

  private static ErrorStatus unavailable(Verb verb) {
    if (verb.isRetrieval()) {
      return KEY_NOT_FOUND;
    }
    return verb.carriesValue() ? NOT_STORED : BACKEND_UNAVAILABLE;
  }

  /** How a fault is told. */
  static ErrorStatus of(Fault fault) {
    return switch (fault) {
      case UNKNOWN_COMMAND -> UNKNOWN_COMMAND;
      case BAD_FORMAT, BAD_DELETE_FORMAT, BAD_EXPTIME, BAD_DELTA, BAD_DATA_CHUNK, LINE_TOO_LONG ->
          INVALID_ARGUMENTS;
      case TOO_LARGE -> TOO_LARGE;
      case UNKNOWN_TOPIC -> KEY_NOT_FOUND;
      case NOT_ALLOWED -> NOT_ALLOWED;
      case UNAUTHENTICATED, AUTHENTICATION_FAILURE -> AUTHENTICATION;
      case TOO_MANY_CONNECTIONS -> BUSY;
      case INTERNAL -> INTERNAL;
    };
  }
}

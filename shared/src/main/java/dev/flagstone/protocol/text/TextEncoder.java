package dev.flagstone.protocol.text;

import dev.flagstone.command.Fault;
import dev.flagstone.command.ItemReply;
import dev.flagstone.command.Notice;
import dev.flagstone.command.Reply;
import dev.flagstone.command.Statistics;
import dev.flagstone.command.Status;
import dev.flagstone.command.Verb;
import dev.flagstone.protocol.ByteSink;
import dev.flagstone.protocol.Encoder;
import dev.flagstone.protocol.Note;
import java.nio.charset.StandardCharsets;

/**
 * The encoder of memcached's text protocol.
 *
 * <p>A retrieval that nobody could answer is a miss, and a store that nobody could carry out is
 * {@code NOT_STORED}: clients take both in their stride, while an error makes many of them
 * reconnect. A credential that may not write can read with {@code get} but not with {@code gat},
 * which changes items; the client is told so once, in place of the {@code END} of the list.
 */
public final class TextEncoder implements Encoder {

  private static final byte[] CRLF = ascii("\r\n");
  private static final byte[] VALUE = ascii("VALUE ");
  private static final byte[] STAT = ascii("STAT ");
  private static final byte[] END = line("END");
  private static final byte[] OK = line("OK");
  private static final byte[] STORED = line("STORED");
  private static final byte[] NOT_STORED = line("NOT_STORED");
  private static final byte[] EXISTS = line("EXISTS");
  private static final byte[] NOT_FOUND = line("NOT_FOUND");
  private static final byte[] DELETED = line("DELETED");
  private static final byte[] TOUCHED = line("TOUCHED");
  private static final byte[] RESET = line("RESET");
  private static final byte[] MN = line("MN");
  private static final byte[] NON_NUMERIC =
      line("CLIENT_ERROR cannot increment or decrement non-numeric value");
  private static final byte[] TOO_LARGE = line("SERVER_ERROR object too large for cache");
  private static final byte[] OUT_OF_MEMORY = line("SERVER_ERROR out of memory storing object");
  private static final byte[] UNAVAILABLE = line("SERVER_ERROR backend unavailable");
  private static final byte[] WRITE_DENIED = line("CLIENT_ERROR write capability required");
  private static final byte[] FLUSH_DENIED = line("CLIENT_ERROR flush capability required");
  private static final byte[][] FAULTS = faults();

  private final byte[] version;

  /**
   * Makes an encoder.
   *
   * @param version what follows {@code VERSION} in the answer to a {@code version} command
   */
  public TextEncoder(String version) {
    this.version = line("VERSION " + version);
  }

  @Override
  public void encode(long form, Note note, Reply reply, ByteSink out) {
    if (reply instanceof ItemReply item) {
      if (TextForm.verb(form).isRetrieval()) {
        retrieved(form, item, out);
      } else if (item.status == Status.COUNTED) {
        out.putUnsigned(item.number);
        out.put(CRLF);
      } else {
        out.put(outcome(TextForm.verb(form), item.status));
      }
    } else if (reply instanceof Notice notice) {
      out.put(notice(notice));
    } else if (reply instanceof Fault fault) {
      out.put(FAULTS[fault.ordinal()]);
    } else if (reply instanceof Statistics statistics) {
      told(statistics, out);
    }
  }

  /** {@code [VALUE <key> <flags> <bytes> [<cas unique>]\r\n<value>\r\n] [END\r\n]} */
  private static void retrieved(long form, ItemReply item, ByteSink out) {
    if (item.status == Status.HIT) {
      out.put(VALUE);
      out.put(item.bytes, item.keyOffset, item.keyLength);
      out.put(' ');
      out.putUnsigned(Integer.toUnsignedLong(item.flags));
      out.put(' ');
      out.putUnsigned(item.valueLength);
      if (TextForm.has(form, TextForm.WITH_CAS)) {
        out.put(' ');
        out.putUnsigned(item.cas);
      }
      out.put(CRLF);
      out.put(item.bytes, item.valueOffset, item.valueLength);
      out.put(CRLF);
    }
    if (TextForm.has(form, TextForm.LAST)) {
      out.put(item.status == Status.WRITE_DENIED ? WRITE_DENIED : END);
    }
  }

  /** The line that tells how a command ended that retrieves and counts nothing. */
  private static byte[] outcome(Verb verb, Status status) {
    return switch (status) {
      case HIT, OK -> verb == Verb.RESET_STATS ? RESET : OK;
      case COUNTED, STORED -> STORED;
      case NOT_STORED -> NOT_STORED;
      case EXISTS -> EXISTS;
      case MISS, NOT_FOUND -> NOT_FOUND;
      case DELETED -> DELETED;
      case TOUCHED -> TOUCHED;
      case NON_NUMERIC -> NON_NUMERIC;
      case TOO_LARGE -> TOO_LARGE;
      case OUT_OF_MEMORY -> OUT_OF_MEMORY;
      case UNAVAILABLE, WRONG_OWNER -> verb.carriesValue() ? NOT_STORED : UNAVAILABLE;
      case WRITE_DENIED -> verb.carriesValue() ? NOT_STORED : WRITE_DENIED;
      case FLUSH_DENIED -> FLUSH_DENIED;
    };
  }

  private byte[] notice(Notice notice) {
    return switch (notice) {
      case OK, MECHANISMS -> OK;
      case LOGGED_IN -> STORED;
      case VERSION -> version;
      case NOOP -> MN;
      case RESET -> RESET;
      case END -> END;
    };
  }

  /** {@code (STAT <name> <value>\r\n)* END\r\n} */
  private static void told(Statistics statistics, ByteSink out) {
    for (Statistics.Entry entry : statistics.entries()) {
      out.put(STAT);
      out.put(ascii(entry.name()));
      out.put(' ');
      out.put(ascii(entry.value()));
      out.put(CRLF);
    }
    out.put(END);
  }

  private static byte[][] faults() {
    Fault[] faults = Fault.values();
    byte[][] lines = new byte[faults.length][];
    for (Fault fault : faults) {
      lines[fault.ordinal()] = line(words(fault));
    }
    return lines;
  }

  private static String words(Fault fault) {
    return switch (fault) {
      case UNKNOWN_COMMAND, UNKNOWN_TOPIC -> "ERROR";
      case BAD_FORMAT -> "CLIENT_ERROR bad command line format";
      case BAD_DELETE_FORMAT ->
          "CLIENT_ERROR bad command line format.  Usage: delete <key> [noreply]";
      case BAD_EXPTIME -> "CLIENT_ERROR invalid exptime argument";
      case BAD_DELTA -> "CLIENT_ERROR invalid numeric delta argument";
      case BAD_DATA_CHUNK -> "CLIENT_ERROR bad data chunk";
      case TOO_LARGE -> "SERVER_ERROR object too large for cache";
      case LINE_TOO_LONG -> "CLIENT_ERROR line too long";
      case NOT_ALLOWED -> "CLIENT_ERROR not allowed";
      case UNAUTHENTICATED -> "CLIENT_ERROR unauthenticated";
      case AUTHENTICATION_FAILURE -> "CLIENT_ERROR authentication failure";
      case TOO_MANY_CONNECTIONS -> "SERVER_ERROR too many open connections";
      case INTERNAL -> "SERVER_ERROR internal error";
    };
  }

  private static byte[] line(String text) {
    return ascii(text + "\r\n");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

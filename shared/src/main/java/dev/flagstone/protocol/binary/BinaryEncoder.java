package dev.flagstone.protocol.binary;

import dev.flagstone.command.Fault;
import dev.flagstone.command.ItemReply;
import dev.flagstone.command.Notice;
import dev.flagstone.command.Reply;
import dev.flagstone.command.Statistics;
import dev.flagstone.protocol.ByteSink;
import dev.flagstone.protocol.Encoder;
import dev.flagstone.protocol.Note;
import java.nio.charset.StandardCharsets;

/**
 * The encoder of memcached's binary protocol.
 *
 * <pre>
 *  0 byte magic 0x81   1 byte opcode   2 short key length   4 byte extras length
 *  5 byte data type 0  6 short status
 *  8 int body length  12 int opaque   16 long cas
 * 24 then the body: the extras, the key, the value
 * </pre>
 */
public final class BinaryEncoder implements Encoder {

  private static final long MAGIC = 0x81L << 56;
  private static final int SUCCESS = 0;
  private static final long NO_CAS = 0;

  private static final byte[] AUTHENTICATED = ascii("Authenticated");
  private static final byte[] MECHANISMS = ascii("PLAIN");

  private final byte[] version;

  /**
   * Makes an encoder.
   *
   * @param version the value of the answer to a {@code version} command
   */
  public BinaryEncoder(String version) {
    this.version = ascii(version);
  }

  @Override
  public void encode(long form, Note note, Reply reply, ByteSink out) {
    if (reply instanceof ItemReply item) {
      ended(form, note, item, out);
    } else if (reply instanceof Notice notice) {
      told(form, notice, out);
    } else if (reply instanceof Fault fault) {
      error(form, ErrorStatus.of(fault), out);
    } else if (reply instanceof Statistics statistics) {
      told(form, statistics, out);
    }
  }

  private static void ended(long form, Note note, ItemReply item, ByteSink out) {
    Opcode opcode = BinaryForm.opcode(form);
    switch (item.status) {
      case HIT -> hit(form, note, item, out);
      case STORED, DELETED, OK -> succeeded(form, item.cas, out);
      case COUNTED -> counted(form, item, out);
      case TOUCHED -> touched(form, item, out);
      default -> {
        ErrorStatus error = ErrorStatus.of(opcode.verb(), item.status);
        if (error == ErrorStatus.KEY_NOT_FOUND && opcode.verb().isRetrieval()) {
          missed(form, note, out);
        } else {
          error(form, error, out);
        }
      }
    }
  }

  /** {@code <flags:4> [<key>] <value>} */
  private static void hit(long form, Note note, ItemReply item, ByteSink out) {
    int at = begin(form, SUCCESS, item.cas, out);
    putInt(item.flags, out);
    out.put(note.bytes(), note.offset(), note.length());
    out.put(item.bytes, item.valueOffset, item.valueLength);
    end(at, Integer.BYTES, note.length(), out);
  }

  /** {@code [<key>]}, with words only where the client wants no key. */
  private static void missed(long form, Note note, ByteSink out) {
    Opcode opcode = BinaryForm.opcode(form);
    if (opcode.isQuiet()) {
      return;
    }
    if (opcode.isKeyed()) {
      int at = begin(form, ErrorStatus.KEY_NOT_FOUND.code(), NO_CAS, out);
      out.put(note.bytes(), note.offset(), note.length());
      end(at, 0, note.length(), out);
    } else {
      error(form, ErrorStatus.KEY_NOT_FOUND, out);
    }
  }

  /** {@code <number:8>} */
  private static void counted(long form, ItemReply item, ByteSink out) {
    if (!BinaryForm.opcode(form).isQuiet()) {
      int at = begin(form, SUCCESS, item.cas, out);
      int number = out.extend(Long.BYTES);
      BigEndian.putLong(out.array(), number, item.number);
      end(at, 0, 0, out);
    }
  }

  /** {@code <flags:4>} */
  private static void touched(long form, ItemReply item, ByteSink out) {
    int at = begin(form, SUCCESS, item.cas, out);
    putInt(item.flags, out);
    end(at, Integer.BYTES, 0, out);
  }

  /** No body; nothing at all for a quiet request. */
  private static void succeeded(long form, long cas, ByteSink out) {
    if (!BinaryForm.opcode(form).isQuiet()) {
      begin(form, SUCCESS, cas, out);
    }
  }

  private void told(long form, Notice notice, ByteSink out) {
    switch (notice) {
      case OK, NOOP, RESET, END -> succeeded(form, NO_CAS, out);
      case VERSION -> value(form, SUCCESS, version, out);
      case MECHANISMS -> value(form, SUCCESS, MECHANISMS, out);
      case LOGGED_IN -> value(form, SUCCESS, AUTHENTICATED, out);
    }
  }

  /** {@code <name> <value>} in a packet for each, and an empty packet behind the last. */
  private static void told(long form, Statistics statistics, ByteSink out) {
    for (Statistics.Entry entry : statistics.entries()) {
      byte[] name = ascii(entry.name());
      int at = begin(form, SUCCESS, NO_CAS, out);
      out.put(name);
      out.put(ascii(entry.value()));
      end(at, 0, name.length, out);
    }
    begin(form, SUCCESS, NO_CAS, out);
  }

  private static void error(long form, ErrorStatus error, ByteSink out) {
    value(form, error.code(), error.words(), out);
  }

  private static void value(long form, int status, byte[] value, ByteSink out) {
    int at = begin(form, status, NO_CAS, out);
    out.put(value);
    end(at, 0, 0, out);
  }

  /**
   * Appends a header that tells of no body.
   *
   * @return its offset, for {@link #end}
   */
  private static int begin(long form, int status, long cas, ByteSink out) {
    int at = out.extend(Request.HEADER_BYTES);
    byte[] bytes = out.array();
    BigEndian.putLong(bytes, at, MAGIC | (long) BinaryForm.code(form) << 48 | status);
    BigEndian.putLong(bytes, at + 8, Integer.toUnsignedLong(BinaryForm.opaque(form)));
    BigEndian.putLong(bytes, at + 16, cas);
    return at;
  }

  /** Has the header tell of the body that was appended since. */
  private static void end(int at, int extrasLength, int keyLength, ByteSink out) {
    byte[] bytes = out.array();
    BigEndian.putShort(bytes, at + 2, keyLength);
    bytes[at + 4] = (byte) extrasLength;
    BigEndian.putInt(bytes, at + 8, out.length() - at - Request.HEADER_BYTES);
  }

  private static void putInt(int value, ByteSink out) {
    int at = out.extend(Integer.BYTES);
    BigEndian.putInt(out.array(), at, value);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

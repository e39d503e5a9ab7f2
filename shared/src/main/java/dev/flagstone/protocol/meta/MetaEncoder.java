package dev.flagstone.protocol.meta;

import dev.flagstone.command.Fault;
import dev.flagstone.command.ItemReply;
import dev.flagstone.command.Reply;
import dev.flagstone.command.Status;
import dev.flagstone.protocol.ByteSink;
import dev.flagstone.protocol.Decimal;
import dev.flagstone.protocol.Encoder;
import dev.flagstone.protocol.Note;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The encoder of memcached's meta commands.
 *
 * <p>A read that nobody could answer is a miss, and a store that nobody could carry out is {@code
 * NS}. Quiet commands are silent about what was to be expected: a miss of {@code mg}, the success
 * of the others; errors are always told.
 */
public final class MetaEncoder implements Encoder {

  private static final byte[] CRLF = ascii("\r\n");
  private static final byte[] HD = ascii("HD");
  private static final byte[] VA = ascii("VA ");
  private static final byte[] EN = ascii("EN");
  private static final byte[] NS = ascii("NS");
  private static final byte[] EX = ascii("EX");
  private static final byte[] NF = ascii("NF");
  private static final byte[] ME = ascii("ME ");
  private static final byte[] MN = line("MN");
  private static final byte[] NON_NUMERIC =
      line("CLIENT_ERROR cannot increment or decrement non-numeric value");
  private static final byte[] TOO_LARGE = line("SERVER_ERROR object too large for cache");
  private static final byte[] OUT_OF_MEMORY = line("SERVER_ERROR out of memory storing object");
  private static final byte[] UNAVAILABLE = line("SERVER_ERROR backend unavailable");
  private static final byte[] WRITE_DENIED = line("CLIENT_ERROR write capability required");
  private static final byte[] BAD_DATA_CHUNK = line("CLIENT_ERROR bad data chunk");
  private static final byte[] LINE_TOO_LONG = line("CLIENT_ERROR line too long");
  private static final byte[] UNKNOWN_COMMAND = line("ERROR");
  private static final byte[] INTERNAL = line("SERVER_ERROR internal error");
  private static final byte[][] COMPLAINTS = complaints();

  /** Tells whether a form is that of a meta command, so that its reply is this encoder's. */
  public static boolean isMeta(long form) {
    return MetaForm.isMeta(form);
  }

  @Override
  public void encode(long form, Note note, Reply reply, ByteSink out) {
    if (reply instanceof ItemReply item) {
      MetaVerb verb = MetaForm.verb(form);
      byte[] code = code(verb, item.status);
      if (code == null) {
        out.put(error(item.status));
      } else if (verb == MetaVerb.INSPECT && item.status == Status.HIT) {
        inspected(form, note, item, out);
      } else if (!MetaForm.has(form, MetaForm.QUIET) || !isExpected(code, verb)) {
        answer(code, form, note, item, out);
      }
    } else if (reply instanceof Fault fault) {
      out.put(fault(form, fault));
    } else {
      out.put(MN);
    }
  }

  /** What an answer begins with, or null for an error. */
  private static byte @Nullable [] code(MetaVerb verb, Status status) {
    return switch (status) {
      case HIT, STORED, DELETED, COUNTED, TOUCHED, OK -> HD;
      case MISS -> EN;
      case NOT_STORED -> NS;
      case EXISTS -> EX;
      case NOT_FOUND -> NF;
      case UNAVAILABLE, WRONG_OWNER ->
          switch (verb) {
            case GET, INSPECT -> EN;
            case STORE -> NS;
            default -> null;
          };
      case WRITE_DENIED -> verb == MetaVerb.STORE ? NS : null;
      case NON_NUMERIC, TOO_LARGE, OUT_OF_MEMORY, FLUSH_DENIED -> null;
    };
  }

  private static byte[] error(Status status) {
    return switch (status) {
      case NON_NUMERIC -> NON_NUMERIC;
      case TOO_LARGE -> TOO_LARGE;
      case OUT_OF_MEMORY -> OUT_OF_MEMORY;
      case WRITE_DENIED -> WRITE_DENIED;
      default -> UNAVAILABLE;
    };
  }

  private static boolean isExpected(byte[] code, MetaVerb verb) {
    return code == (verb == MetaVerb.GET ? EN : HD);
  }

  /** {@code HD|EN|NS|EX|NF|VA <bytes> <flag>*\r\n[<value>\r\n]} */
  private static void answer(byte[] code, long form, Note note, ItemReply item, ByteSink out) {
    boolean counted = item.status == Status.COUNTED;
    boolean hasValue = code == HD && (counted ? MetaForm.has(form, MetaForm.VALUE) : item.hasValue);
    if (hasValue) {
      out.put(VA);
      out.putUnsigned(counted ? Decimal.digits(item.number) : item.valueLength);
    } else {
      out.put(code);
    }
    for (int i = 0; i < MetaForm.count(form); i++) {
      flag(MetaForm.flag(form, i), code == HD, form, note, item, out);
    }
    marks(item.marks, out);
    out.put(CRLF);
    if (hasValue && counted) {
      out.putUnsigned(item.number);
      out.put(CRLF);
    } else if (hasValue) {
      out.put(item.bytes, item.valueOffset, item.valueLength);
      out.put(CRLF);
    }
  }

  /** Tells one flag; where nothing was hit or changed, only the opaque, the key and a cas of 0. */
  private static void flag(
      int flag, boolean done, long form, Note note, ItemReply item, ByteSink out) {
    if (flag == ReturnFlag.OPAQUE) {
      int length = MetaForm.opaqueLength(form);
      out.put(' ');
      out.put(note.bytes(), note.offset() + note.length() - length, length);
      return;
    }
    if (flag == ReturnFlag.KEY) {
      key(form, note, out);
      return;
    }
    if (!done && (flag != ReturnFlag.CAS || MetaForm.verb(form) != MetaVerb.STORE)) {
      return;
    }
    out.put(' ');
    out.put(ReturnFlag.letter(flag));
    switch (flag) {
      case ReturnFlag.SIZE -> out.putUnsigned(item.hasValue ? item.valueLength : item.size);
      case ReturnFlag.TTL -> ttl(item, out);
      case ReturnFlag.CAS -> out.putUnsigned(item.cas);
      case ReturnFlag.FLAGS -> out.putUnsigned(Integer.toUnsignedLong(item.flags));
      case ReturnFlag.LAST_ACCESS ->
          out.putUnsigned(Integer.toUnsignedLong(item.lastAccessSeconds));
      default -> out.put(item.hitBefore ? '1' : '0');
    }
  }

  private static void key(long form, Note note, ByteSink out) {
    out.put(' ');
    out.put('k');
    out.put(note.bytes(), note.offset(), MetaForm.keyLength(form));
    if (MetaForm.has(form, MetaForm.BASE64)) {
      out.put(' ');
      out.put('b');
    }
  }

  private static void ttl(ItemReply item, ByteSink out) {
    if (item.ttlSeconds == ItemReply.NEVER_EXPIRES) {
      out.put('-');
      out.put('1');
    } else {
      out.putUnsigned(Integer.toUnsignedLong(item.ttlSeconds));
    }
  }

  private static void marks(int marks, ByteSink out) {
    mark(marks, ItemReply.SENT, 'Z', out);
    mark(marks, ItemReply.STALE, 'X', out);
    mark(marks, ItemReply.WON, 'W', out);
  }

  private static void mark(int marks, int mark, char letter, ByteSink out) {
    if ((marks & mark) != 0) {
      out.put(' ');
      out.put(letter);
    }
  }

  /** {@code ME <key> exp=<s> la=<s> cas=<n> fetch=yes|no cls=<n> size=<bytes>\r\n} */
  private static void inspected(long form, Note note, ItemReply item, ByteSink out) {
    out.put(ME);
    out.put(note.bytes(), note.offset(), MetaForm.keyLength(form));
    out.put(ascii(" exp="));
    ttl(item, out);
    out.put(ascii(" la="));
    out.putUnsigned(Integer.toUnsignedLong(item.lastAccessSeconds));
    out.put(ascii(" cas="));
    out.putUnsigned(item.cas);
    out.put(ascii(item.hitBefore ? " fetch=yes cls=" : " fetch=no cls="));
    out.putUnsigned(item.number >>> Integer.SIZE);
    out.put(ascii(" size="));
    out.putUnsigned(item.number & 0xFFFF_FFFFL);
    out.put(CRLF);
  }

  private static byte[] fault(long form, Fault fault) {
    return switch (fault) {
      case BAD_FORMAT -> COMPLAINTS[MetaForm.complaint(form).ordinal()];
      case BAD_DATA_CHUNK -> BAD_DATA_CHUNK;
      case TOO_LARGE -> TOO_LARGE;
      case LINE_TOO_LONG -> LINE_TOO_LONG;
      case UNKNOWN_COMMAND -> UNKNOWN_COMMAND;
      default -> INTERNAL;
    };
  }

  private static byte[][] complaints() {
    Complaint[] complaints = Complaint.values();
    byte[][] lines = new byte[complaints.length][];
    for (Complaint complaint : complaints) {
      lines[complaint.ordinal()] = line("CLIENT_ERROR " + complaint.words());
    }
    return lines;
  }

  private static byte[] line(String text) {
    return ascii(text + "\r\n");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

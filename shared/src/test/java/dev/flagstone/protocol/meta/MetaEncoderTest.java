package dev.flagstone.protocol.meta;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.command.Fault;
import dev.flagstone.command.ItemReply;
import dev.flagstone.command.Notice;
import dev.flagstone.command.Reply;
import dev.flagstone.command.Status;
import dev.flagstone.protocol.ByteSink;
import dev.flagstone.protocol.Decoded;
import dev.flagstone.protocol.Note;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MetaEncoderTest {

  private final MetaDecoder decoder = new MetaDecoder();
  private final MetaEncoder encoder = new MetaEncoder();

  /** What is answered to this request if a data node, or nobody, ends it so. */
  private String answer(String request, Reply reply) {
    byte[] bytes = request.replace("|", "\r\n").concat("\r\n").getBytes(ISO_8859_1);
    Decoded decoded = (Decoded) decoder.decode(bytes, 0, bytes.length);
    ByteSink out = new ByteSink();
    encoder.encode(decoded.form(), decoded.note(), reply, out);
    return new String(out.array(), 0, out.length(), ISO_8859_1).replace("\r\n", "|");
  }

  @ParameterizedTest
  @CsvSource({
    "mg k O1 k c, UNAVAILABLE, EN O1 kk|",
    "mg k O1 k c, WRONG_OWNER, EN O1 kk|",
    "mg k q, UNAVAILABLE, ''",
    "me k, UNAVAILABLE, EN|",
    "ms k 1 O1 k c|x, UNAVAILABLE, NS O1 kk c0|",
    "ms k 1 MA q|x, WRONG_OWNER, NS|",
    "md k O1 q, UNAVAILABLE, SERVER_ERROR backend unavailable|",
    "md k, WRONG_OWNER, SERVER_ERROR backend unavailable|",
    "ma k q v, UNAVAILABLE, SERVER_ERROR backend unavailable|",
    "ms k 1 q k|x, WRITE_DENIED, NS kk|",
    "ms k 1 C1|x, WRITE_DENIED, NS|",
    "md k q, WRITE_DENIED, CLIENT_ERROR write capability required|",
    "ma k, WRITE_DENIED, CLIENT_ERROR write capability required|",
    "mg k N30 v, WRITE_DENIED, CLIENT_ERROR write capability required|",
    "mg k R30 q, WRITE_DENIED, CLIENT_ERROR write capability required|",
    "mg k T30, WRITE_DENIED, CLIENT_ERROR write capability required|",
    "ms k 1 q|x, TOO_LARGE, SERVER_ERROR object too large for cache|",
    "ms k 1 q|x, OUT_OF_MEMORY, SERVER_ERROR out of memory storing object|",
    "ma k q, NON_NUMERIC, CLIENT_ERROR cannot increment or decrement non-numeric value|",
    "ms k 1 q|x, STORED, ''",
    "md k q, DELETED, ''",
    "ma k q, COUNTED, ''",
    "ma k q v, COUNTED, ''",
    "md k q, NOT_FOUND, NF|",
    "ma k q, NOT_FOUND, NF|",
    "md k q, EXISTS, EX|",
    "ms k 1 q s|x, EXISTS, EX|",
  })
  void ending_byCommand_isTold(String request, Status status, String answer) {
    assertThat(answer(request, new ItemReply().reset(status))).isEqualTo(answer);
  }

  @Test
  void hit_withAllFlags_tellsThemInTheirOrder() {
    ItemReply reply = new ItemReply().reset(Status.HIT);
    reply.flags = -1;
    reply.cas = -2;
    reply.ttlSeconds = Integer.MAX_VALUE;
    reply.lastAccessSeconds = 5;
    reply.hitBefore = true;
    reply.size = 9;
    reply.hasMeta = true;
    reply.marks = ItemReply.WON | ItemReply.STALE | ItemReply.SENT;
    assertThat(answer("mg key h l f c t s k Oo q", reply))
        .isEqualTo("HD h1 l5 f4294967295 c18446744073709551614 t2147483647 s9 kkey Oo Z X W|");
  }

  @Test
  void value_isToldAsItIs() {
    ItemReply reply = new ItemReply().reset(Status.HIT);
    reply.bytes = "..|VA 3|..".replace("|", "\r\n").getBytes(ISO_8859_1);
    reply.valueOffset = 2;
    reply.valueLength = 8;
    reply.hasValue = true;
    assertThat(answer("mg k s v", reply)).isEqualTo("VA 8 s8||VA 3||");
  }

  @Test
  void place_isToldToPeople() {
    ItemReply reply = new ItemReply().reset(Status.HIT);
    reply.number = 7L << Integer.SIZE | 1234;
    reply.cas = 3;
    reply.ttlSeconds = ItemReply.NEVER_EXPIRES;
    assertThat(answer("me key", reply))
        .isEqualTo("ME key exp=-1 la=0 cas=3 fetch=no cls=7 size=1234|");
  }

  @ParameterizedTest
  @EnumSource(Status.class)
  void status_ofEachCommand_isOneLine(Status status) {
    for (String request : new String[] {"mg k", "me k", "ms k 1|x", "md k", "ma k"}) {
      assertThat(answer(request, new ItemReply().reset(status))).matches("[^|]+\\|");
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void fault_isOneLine(Fault fault) {
    ByteSink out = new ByteSink();
    encoder.encode(MetaForm.of(Complaint.BAD_FORMAT), new Note(), fault, out);
    assertThat(new String(out.array(), 0, out.length(), ISO_8859_1))
        .matches("(ERROR|CLIENT_ERROR|SERVER_ERROR)[^\\r\\n]*\\r\\n");
  }

  @Test
  void noop_isMn() {
    assertThat(answer("mn", Notice.NOOP)).isEqualTo("MN|");
  }
}

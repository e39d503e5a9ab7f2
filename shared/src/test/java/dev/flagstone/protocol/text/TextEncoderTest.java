package dev.flagstone.protocol.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.command.Fault;
import dev.flagstone.command.ItemReply;
import dev.flagstone.command.Notice;
import dev.flagstone.command.Reply;
import dev.flagstone.command.Statistics;
import dev.flagstone.command.Status;
import dev.flagstone.command.Verb;
import dev.flagstone.protocol.ByteSink;
import dev.flagstone.protocol.Note;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TextEncoderTest {

  private final TextEncoder encoder = new TextEncoder("1.6.45 flagstone/0.1");

  @ParameterizedTest
  @CsvSource({
    "SET, STORED, STORED",
    "ADD, NOT_STORED, NOT_STORED",
    "CAS, EXISTS, EXISTS",
    "CAS, NOT_FOUND, NOT_FOUND",
    "DELETE, DELETED, DELETED",
    "DELETE, MISS, NOT_FOUND",
    "TOUCH, TOUCHED, TOUCHED",
    "INCR, NON_NUMERIC, CLIENT_ERROR cannot increment or decrement non-numeric value",
    "APPEND, TOO_LARGE, SERVER_ERROR object too large for cache",
    "SET, OUT_OF_MEMORY, SERVER_ERROR out of memory storing object",
    "FLUSH, OK, OK",
    "RESET_STATS, OK, RESET",
    "GET, UNAVAILABLE, END",
    "GAT, UNAVAILABLE, END",
    "SET, UNAVAILABLE, NOT_STORED",
    "CAS, WRONG_OWNER, NOT_STORED",
    "DELETE, UNAVAILABLE, SERVER_ERROR backend unavailable",
    "TOUCH, UNAVAILABLE, SERVER_ERROR backend unavailable",
    "INCR, UNAVAILABLE, SERVER_ERROR backend unavailable",
    "FLUSH, UNAVAILABLE, SERVER_ERROR backend unavailable",
    "STATS, UNAVAILABLE, SERVER_ERROR backend unavailable",
    "PREPEND, WRITE_DENIED, NOT_STORED",
    "GAT, WRITE_DENIED, CLIENT_ERROR write capability required",
    "DELETE, WRITE_DENIED, CLIENT_ERROR write capability required",
    "DECR, WRITE_DENIED, CLIENT_ERROR write capability required",
    "FLUSH, FLUSH_DENIED, CLIENT_ERROR flush capability required",
  })
  void status_byVerb_hasItsWords(Verb verb, Status status, String words) {
    long form = TextForm.of(verb) | TextForm.LAST;
    assertThat(encode(form, new ItemReply().reset(status))).isEqualTo(words + "\r\n");
  }

  @ParameterizedTest
  @EnumSource(Status.class)
  void retrieval_notTheLastKeyAndNoHit_saysNothing(Status status) {
    if (status != Status.HIT) {
      ItemReply reply = new ItemReply().reset(status);
      assertThat(encode(TextForm.of(Verb.GET), reply)).isEmpty();
      assertThat(encode(TextForm.of(Verb.GAT), reply)).isEmpty();
    }
  }

  @Test
  void hit_isAValueWithWhatItsFormAsksFor() {
    ItemReply reply = new ItemReply().reset(Status.HIT);
    reply.bytes = "..key..value..".getBytes(ISO_8859_1);
    reply.keyOffset = 2;
    reply.keyLength = 3;
    reply.valueOffset = 7;
    reply.valueLength = 5;
    reply.flags = -1;
    reply.cas = -1;
    long form = TextForm.of(Verb.GET);
    assertThat(encode(form, reply)).isEqualTo("VALUE key 4294967295 5\r\nvalue\r\n");
    assertThat(encode(form | TextForm.LAST, reply)).endsWith("value\r\nEND\r\n");
    assertThat(encode(form | TextForm.WITH_CAS, reply))
        .isEqualTo("VALUE key 4294967295 5 18446744073709551615\r\nvalue\r\n");
  }

  @Test
  void counter_isUnsigned() {
    ItemReply reply = new ItemReply().reset(Status.COUNTED);
    reply.number = -1;
    assertThat(encode(TextForm.of(Verb.INCR), reply)).isEqualTo("18446744073709551615\r\n");
  }

  @Test
  void notices_haveTheirWords() {
    assertThat(encode(0, Notice.VERSION)).isEqualTo("VERSION 1.6.45 flagstone/0.1\r\n");
    assertThat(encode(0, Notice.LOGGED_IN)).isEqualTo("STORED\r\n");
    assertThat(encode(0, Notice.NOOP)).isEqualTo("MN\r\n");
    assertThat(encode(0, Notice.OK)).isEqualTo("OK\r\n");
    assertThat(encode(0, Notice.RESET)).isEqualTo("RESET\r\n");
    assertThat(encode(0, Notice.END)).isEqualTo("END\r\n");
  }

  @Test
  void statistics_areLinesAndAnEnd() {
    Statistics statistics =
        new Statistics(
            List.of(new Statistics.Entry("bytes", "5"), new Statistics.Entry("name", "a b")));
    assertThat(encode(0, statistics)).isEqualTo("STAT bytes 5\r\nSTAT name a b\r\nEND\r\n");
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void fault_isOneLineOfAnError(Fault fault) {
    assertThat(encode(0, fault))
        .matches("(ERROR|(CLIENT|SERVER)_ERROR [^\r\n]+|ERROR [^\r\n]+)\r\n");
  }

  private String encode(long form, Reply reply) {
    ByteSink out = new ByteSink();
    encoder.encode(form, new Note(), reply, out);
    return new String(out.array(), 0, out.length(), ISO_8859_1);
  }
}

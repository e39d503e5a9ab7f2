package dev.flagstone.protocol.binary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.command.Fault;
import dev.flagstone.command.ItemReply;
import dev.flagstone.command.Notice;
import dev.flagstone.command.Reply;
import dev.flagstone.command.Statistics;
import dev.flagstone.command.Status;
import dev.flagstone.protocol.ByteSink;
import dev.flagstone.protocol.Note;
import dev.flagstone.testing.Packet;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BinaryEncoderTest {

  private static final int OPAQUE = 0xcafef00d;

  private final BinaryEncoder encoder = new BinaryEncoder("1.6.45 flagstone/0.1");

  private byte[] encode(int code, Reply reply) {
    Note note = new Note().set(new byte[] {'#', 'k', '#'}, 1, Opcode.of(code).isKeyed() ? 1 : 0);
    ByteSink out = new ByteSink();
    encoder.encode(BinaryForm.of(code, OPAQUE), note, reply, out);
    return Arrays.copyOf(out.array(), out.length());
  }

  private static byte[] responses(String... packets) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String packet : packets) {
      bytes.writeBytes(Packet.response(packet));
    }
    return bytes.toByteArray();
  }

  /** The binary column of the error table, a line a cell, with the opcodes of each. */
  @ParameterizedTest
  @CsvSource({
    "UNAVAILABLE, 0x00 0x1d, 0x01 Not\\x20found",
    "WRONG_OWNER, 0x00 0x1d, 0x01 Not\\x20found",
    "UNAVAILABLE, 0x01 0x02 0x03 0x0e 0x0f 0x11 0x12 0x13 0x19 0x1a, 0x05 Not\\x20stored.",
    "WRONG_OWNER, 0x01 0x02 0x03 0x0e 0x0f 0x11 0x12 0x13 0x19 0x1a, 0x05 Not\\x20stored.",
    "UNAVAILABLE, 0x04 0x05 0x06 0x08 0x10 0x14 0x15 0x16 0x18 0x1c, 0x05 Backend\\x20unavailable",
    "WRITE_DENIED, 0x01 0x02 0x03 0x0e 0x0f 0x11 0x12, 0x05 Write\\x20capability\\x20required",
    "WRITE_DENIED, 0x04 0x05 0x06 0x14 0x1c 0x1d 0x1e 0x23, 0x05 Write\\x20capability\\x20required",
    "FLUSH_DENIED, 0x08 0x18, 0x05 Flush\\x20capability\\x20required",
    "TOO_LARGE, 0x01 0x0e 0x11, 0x03 Too\\x20large.",
    "OUT_OF_MEMORY, 0x01 0x1d, 0x82 Out\\x20of\\x20memory",
    "EXISTS, 0x01 0x04 0x05 0x11, 0x02 Data\\x20exists\\x20for\\x20key.",
    "NOT_STORED, 0x02 0x12, 0x02 Data\\x20exists\\x20for\\x20key.",
    "NOT_STORED, 0x03 0x13, 0x01 Not\\x20found",
    "NOT_STORED, 0x0e 0x0f 0x19, 0x05 Not\\x20stored.",
    "NOT_FOUND, 0x04 0x14 0x05 0x1c 0x01, 0x01 Not\\x20found",
  })
  void failure_byOpcode_isAsTheErrorTableSays(Status status, String codes, String expected) {
    String[] parts = expected.split(" ", -1);
    for (String code : codes.split(" ", -1)) {
      assertThat(encode(Integer.decode(code), new ItemReply().reset(status)))
          .as("%s of %s", status, code)
          .isEqualTo(responses(code + " status=" + parts[0] + " value=" + parts[1]));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NOT_ALLOWED, 0x81",
    "UNKNOWN_COMMAND, 0x81",
    "TOO_LARGE, 0x03",
    "BAD_FORMAT, 0x04",
    "UNKNOWN_TOPIC, 0x01",
    "UNAUTHENTICATED, 0x20",
    "AUTHENTICATION_FAILURE, 0x20",
  })
  void fault_hasItsCode(Fault fault, int code) {
    assertThat(ErrorStatus.of(fault).code()).isEqualTo(code);
  }

  @ParameterizedTest
  @EnumSource(Status.class)
  void noStatus_looksLikeAFailedLogin(Status status) {
    for (Opcode opcode : Opcode.values()) {
      for (int code = 0; code < 256; code++) {
        if (Opcode.of(code) == opcode && opcode.ordinal() <= Opcode.STAT.ordinal()) {
          byte[] bytes = encode(code, new ItemReply().reset(status));
          assertThat(bytes.length == 0 || bytes[7] != 0x20).isTrue();
        }
      }
    }
  }

  @Test
  void miss_isWordsOrTheKeyOrSilence() {
    for (Status status : new Status[] {Status.MISS, Status.UNAVAILABLE}) {
      ItemReply miss = new ItemReply().reset(status);
      assertThat(encode(0x00, miss)).isEqualTo(responses("get not-found"));
      assertThat(encode(0x0c, miss)).isEqualTo(responses("getk not-found key=k"));
      assertThat(encode(0x23, miss)).isEqualTo(responses("gatk not-found key=k"));
      assertThat(encode(0x09, miss)).isEmpty();
      assertThat(encode(0x0d, miss)).isEmpty();
      assertThat(encode(0x24, miss)).isEmpty();
    }
  }

  @Test
  void hit_carriesFlagsCasValueAndTheKeyIfItIsWanted() {
    ItemReply hit = new ItemReply().reset(Status.HIT);
    hit.bytes = new byte[] {'x', 'v', 'w', 'x'};
    hit.valueOffset = 1;
    hit.valueLength = 2;
    hit.hasValue = true;
    hit.flags = -2;
    hit.cas = 0x0123456789abcdefL;
    String rest = " flags=0xfffffffe value=vw cas=0x0123456789abcdef";
    assertThat(encode(0x00, hit)).isEqualTo(responses("get" + rest));
    assertThat(encode(0x24, hit)).isEqualTo(responses("gatkq key=k" + rest));
  }

  @Test
  void statistics_areAPacketEachAndAnEmptyOne() {
    Statistics statistics =
        new Statistics(
            List.of(
                new Statistics.Entry("curr_items", "5"),
                new Statistics.Entry("version", "1.6.45 flagstone/1")));
    assertThat(encode(0x10, statistics))
        .isEqualTo(
            responses(
                "stat key=curr_items value=5",
                "stat key=version value=1.6.45\\x20flagstone/1",
                "stat"));
    assertThat(encode(0x10, new Statistics(List.of()))).isEqualTo(responses("stat"));
  }

  @Test
  void notices_haveTheirValues() {
    assertThat(encode(0x0b, Notice.VERSION))
        .isEqualTo(responses("version value=1.6.45\\x20flagstone/0.1"));
    assertThat(encode(0x20, Notice.MECHANISMS)).isEqualTo(responses("sasl-list value=PLAIN"));
    assertThat(encode(0x21, Notice.LOGGED_IN))
        .isEqualTo(responses("sasl-auth value=Authenticated"));
    assertThat(encode(0x10, Notice.RESET)).isEqualTo(responses("stat"));
    assertThat(encode(0x18, Notice.OK)).isEmpty();
  }
}

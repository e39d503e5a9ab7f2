package dev.flagstone.protocol.binary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.command.CacheCommand;
import dev.flagstone.command.Fault;
import dev.flagstone.command.ItemCommand;
import dev.flagstone.command.SessionCommand;
import dev.flagstone.command.StatsTopic;
import dev.flagstone.command.Verb;
import dev.flagstone.item.Exptime;
import dev.flagstone.protocol.DecodeResult;
import dev.flagstone.protocol.Decoded;
import dev.flagstone.protocol.NeedMore;
import dev.flagstone.protocol.Rejected;
import dev.flagstone.protocol.Rejected.Recovery;
import dev.flagstone.testing.Packet;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryDecoderTest {

  private final BinaryDecoder decoder = new BinaryDecoder();

  private DecodeResult decode(String packet) {
    byte[] bytes = Packet.request(packet);
    return decoder.decode(bytes, 0, bytes.length);
  }

  private ItemCommand item(String packet) {
    return (ItemCommand) ((Decoded) decode(packet)).command();
  }

  @ParameterizedTest
  @EnumSource(Opcode.class)
  void opcode_isFoundByItsCode(Opcode opcode) {
    boolean known = false;
    for (int code = 0; code < 256; code++) {
      known |= Opcode.of(code) == opcode;
    }
    assertThat(known).isTrue();
    assertThat(opcode.isQuiet()).isEqualTo(opcode != Opcode.QUITQ && opcode.name().endsWith("Q"));
  }

  @Test
  void set_carriesAllItsFields() {
    ItemCommand set = item("set flags=0x80000001 exptime=77 key=ab value=cde");
    assertThat(set.verb).isEqualTo(Verb.SET);
    assertThat(set.flags).isEqualTo(0x8000_0001);
    assertThat(set.exptime).isEqualTo(77);
    assertThat(set.cas).isZero();
    assertThat(set.keyLength).isEqualTo(2);
    assertThat(set.valueLength).isEqualTo(3);
    assertThat(set.valueOffset).isEqualTo(24 + 8 + 2);
    assertThat(item("set flags=0 exptime=0 key=a cas=0xfedcba9876543210").verb).isEqualTo(Verb.CAS);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "0x7fffffff, 2147483647", "0x80000000, 0", "0xffffffff, 0"})
  void exptime_isUnsigned_andNeverExpiresFrom2038On(String sent, int exptime) {
    assertThat(Exptime.NEVER).isZero();
    assertThat(item("set flags=0 key=a exptime=" + sent).exptime).isEqualTo(exptime);
    assertThat(item("gat key=a exptime=" + sent).exptime).isEqualTo(exptime);
    assertThat(item("touch key=a exptime=" + sent).exptime).isEqualTo(exptime);
  }

  @Test
  void count_createsUnlessItsExptimeForbids() {
    ItemCommand create = item("increment delta=0xffffffffffffffff initial=9 exptime=5 key=n cas=3");
    assertThat(create.delta).isEqualTo(-1);
    assertThat(create.initial).isEqualTo(9);
    assertThat(create.createExptime).isEqualTo(5);
    assertThat(create.exptime).isZero();
    assertThat(create.cas).isEqualTo(3);
    assertThat(create.modifiers).isEqualTo(ItemCommand.CREATE);
    assertThat(item("decrement delta=1 initial=9 exptime=0xffffffff key=n").modifiers).isZero();
    assertThat(item("decrement delta=1 initial=9 exptime=0xfffffffe key=n").modifiers)
        .isEqualTo(ItemCommand.CREATE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"getk", "getkq", "gatk exptime=0", "gatkq exptime=0"})
  void keyedRetrieval_notesItsKey(String name) {
    Decoded decoded = (Decoded) decode(name + " key=abc");
    assertThat(decoded.note().length()).isEqualTo(3);
    assertThat(((ItemCommand) decoded.command()).modifiers).isEqualTo(ItemCommand.WANT_VALUE);
    assertThat(((Decoded) decode("get key=abc")).note().length()).isZero();
  }

  @Test
  void stat_knowsItsTopics() {
    assertThat(((Decoded) decode("stat")).command())
        .isEqualTo(new CacheCommand(Verb.STATS, StatsTopic.GENERAL.ordinal()));
    assertThat(((Decoded) decode("stat key=items")).command())
        .isEqualTo(new CacheCommand(Verb.STATS, StatsTopic.ITEMS.ordinal()));
    assertThat(((Decoded) decode("stat key=slabs")).command())
        .isEqualTo(new CacheCommand(Verb.STATS, StatsTopic.SLABS.ordinal()));
    assertThat(((Decoded) decode("stat key=sizes")).command())
        .isEqualTo(new CacheCommand(Verb.STATS, StatsTopic.SIZES.ordinal()));
    assertThat(((Decoded) decode("stat key=settings")).command())
        .isEqualTo(SessionCommand.STATS_SETTINGS);
    assertThat(((Rejected) decode("stat key=setting")).fault()).isEqualTo(Fault.UNKNOWN_TOPIC);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set flags=0 exptime=0 key-length=1 body-length=1048584",
        "get key-length=250 body-length=250",
        "stat key-length=7 body-length=7",
      })
  void bodyThatHasNotArrived_isWaitedForAsAWhole(String packet) {
    byte[] bytes = Packet.request(packet);
    int wanted = 24 + Integer.parseInt(packet.replaceAll(".*body-length=", ""));
    assertThat(((NeedMore) decoder.decode(bytes, 0, 24)).wantedBytes()).isEqualTo(wanted);
    assertThat(((NeedMore) decoder.decode(bytes, 0, 1)).wantedBytes()).isEqualTo(24);
    assertThat(((NeedMore) decoder.decode(bytes, 0, 0)).wantedBytes()).isEqualTo(24);
  }

  @ParameterizedTest
  @CsvSource({
    "key-length=251 body-length=300, BAD_FORMAT, SWALLOW, 300",
    "key-length=65535 body-length=65535, BAD_FORMAT, SWALLOW, 65535",
    "key-length=1 body-length=0x7fffffff, BAD_FORMAT, SWALLOW, 2147483647",
    "key-length=1 body-length=0x80000000, BAD_FORMAT, CLOSE, 0",
    "key-length=1 body-length=0xffffffff, BAD_FORMAT, CLOSE, 0",
    "key-length=2 body-length=1, BAD_FORMAT, CLOSE, 0",
    "extras-length=255 body-length=254, BAD_FORMAT, CLOSE, 0",
    "key-length=65535 extras-length=255 body-length=65789, BAD_FORMAT, CLOSE, 0",
  })
  void lengths_areJudgedByTheHeaderAlone(
      String lengths, Fault fault, Recovery recovery, long swallowBytes) {
    Rejected rejected = (Rejected) decode("get " + lengths);
    assertThat(rejected.fault()).isEqualTo(fault);
    assertThat(rejected.recovery()).isEqualTo(recovery);
    assertThat(rejected.swallowBytes()).isEqualTo(swallowBytes);
    assertThat(rejected.consumed()).isEqualTo(24);
  }

  @Test
  void setTooLarge_waitsForItsKeyAndRemovesItsItem() {
    byte[] bytes = Packet.request("set flags=0 exptime=0 key=abc body-length=0x7fffffff cas=7");
    assertThat(((NeedMore) decoder.decode(bytes, 0, 24)).wantedBytes()).isEqualTo(24 + 8 + 3);
    Rejected rejected = (Rejected) decoder.decode(bytes, 0, bytes.length);
    assertThat(rejected.fault()).isEqualTo(Fault.TOO_LARGE);
    assertThat(rejected.swallowBytes()).isEqualTo(Integer.MAX_VALUE - 8 - 3L);
    ItemCommand instead = rejected.instead();
    assertThat(instead).isNotNull();
    assertThat(instead.verb).isEqualTo(Verb.DELETE);
    assertThat(instead.keyLength).isEqualTo(3);
    assertThat(instead.cas).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"set", "setq", "add", "replaceq", "append", "prependq"})
  void keyAndValue_areTooLargeFromOneByteOverOneMebibyteOn(String name) {
    int extras = name.endsWith("pend") || name.endsWith("pendq") ? 0 : 8;
    String head = name + " extras-length=" + extras + " key-length=250 body-length=";
    byte[] fits = Arrays.copyOf(Packet.request(head + (extras + (1 << 20))), 24 + 8 + 250);
    byte[] doesNot = Arrays.copyOf(Packet.request(head + (extras + (1 << 20) + 1)), 24 + 8 + 250);
    assertThat(decoder.decode(fits, 0, fits.length)).isInstanceOf(NeedMore.class);
    Rejected rejected = (Rejected) decoder.decode(doesNot, 0, doesNot.length);
    assertThat(rejected.fault()).isEqualTo(Fault.TOO_LARGE);
    assertThat(rejected.recovery()).isEqualTo(Recovery.SWALLOW);
  }

  @Test
  void addTooLarge_removesNothing() {
    byte[] bytes = Packet.request("add flags=0 exptime=0 key=abc body-length=2000000");
    Rejected rejected = (Rejected) decoder.decode(Arrays.copyOf(bytes, 24), 0, 24);
    assertThat(rejected.fault()).isEqualTo(Fault.TOO_LARGE);
    assertThat(rejected.instead()).isNull();
    assertThat(rejected.swallowBytes()).isEqualTo(2_000_000);
  }

  @Test
  void quit_isAnsweredAndQuitqIsNot() {
    Decoded quit = (Decoded) decode("quit");
    assertThat(quit.command()).isEqualTo(SessionCommand.QUIT);
    assertThat(quit.noreply()).isFalse();
    assertThat(((Decoded) decode("quitq")).noreply()).isTrue();
  }
}

package dev.flagstone.protocol.meta;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.command.ItemCommand;
import dev.flagstone.command.Verb;
import dev.flagstone.protocol.DecodeResult;
import dev.flagstone.protocol.Decoded;
import dev.flagstone.protocol.NeedMore;
import dev.flagstone.protocol.Rejected;
import dev.flagstone.protocol.Rejected.Recovery;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetaDecoderTest {

  private final MetaDecoder decoder = new MetaDecoder();
  private byte[] bytes = {};

  private DecodeResult decode(String text) {
    bytes = ("??" + text).getBytes(ISO_8859_1);
    return decoder.decode(bytes, 2, bytes.length);
  }

  private ItemCommand command(String text) {
    Decoded decoded = (Decoded) decode(text);
    assertThat(decoded.consumed()).isEqualTo(text.length());
    return (ItemCommand) decoded.command();
  }

  private static String key(ItemCommand command) {
    return new String(command.bytes, command.keyOffset, command.keyLength, ISO_8859_1);
  }

  private static String value(ItemCommand command) {
    return new String(command.bytes, command.valueOffset, command.valueLength, ISO_8859_1);
  }

  @Test
  void get_wantsOnlyWhatIsAskedFor() {
    int always = ItemCommand.WANT_MARKS | ItemCommand.WIN;
    ItemCommand command = command("mg key v f k c s q O1\r\n");
    assertThat(command.verb).isEqualTo(Verb.GET);
    assertThat(command.modifiers).isEqualTo(always | ItemCommand.WANT_VALUE);
    assertThat(command("mg key s\n").modifiers).isEqualTo(always | ItemCommand.WANT_META);
    assertThat(command("mg key t v u\r\n").modifiers)
        .isEqualTo(always | ItemCommand.WANT_META | ItemCommand.WANT_VALUE | ItemCommand.NO_ACCESS);
  }

  @Test
  void get_withAllThatItCanChange_tellsIt() {
    ItemCommand command = command("mg key N10 R20 T30 E40\r\n");
    assertThat(command.wants(ItemCommand.CREATE)).isTrue();
    assertThat(command.wants(ItemCommand.RECACHE)).isTrue();
    assertThat(command.wants(ItemCommand.TOUCH)).isTrue();
    assertThat(command.createExptime).isEqualTo(10);
    assertThat(command.recacheSeconds).isEqualTo(20);
    assertThat(command.exptime).isEqualTo(30);
    assertThat(command.newCas).isEqualTo(40);
  }

  @ParameterizedTest
  @CsvSource({
    "'', SET, 0",
    "MS, SET, 0",
    "C7, CAS, 7",
    "MS C7, CAS, 7",
    "MR, REPLACE, 0",
    "MR C7, CAS, 7",
    "ME, ADD, 0",
    "ME C7, ADD, 0",
    "MA, APPEND, 0",
    "MA C7, APPEND, 7",
    "MP C7, PREPEND, 7",
    "C7 mp, '', 0",
  })
  void set_byModeAndCas_isTheVerb(String flags, String verb, long cas) {
    DecodeResult result = decode("ms key 2 " + flags + "\r\nhi\r\n");
    if (verb.isEmpty()) {
      assertThat(result).isInstanceOf(Rejected.class);
      return;
    }
    ItemCommand command = (ItemCommand) ((Decoded) result).command();
    assertThat(command.verb).isEqualTo(Verb.valueOf(verb));
    assertThat(command.cas).isEqualTo(cas);
    assertThat(key(command)).isEqualTo("key");
    assertThat(value(command)).isEqualTo("hi");
  }

  @Test
  void command_afterOneWithFlags_hasNoneOfThem() {
    command("ms key 2 T5 F6 C7 E8 I N9 MA\r\nhi\r\n");
    ItemCommand command = command("ms key 2\r\nhi\r\n");
    assertThat(command.modifiers).isZero();
    assertThat(command.exptime | command.flags | command.createExptime).isZero();
    assertThat(command.cas | command.newCas).isZero();
    command("ma key J1 D2 N3 T4 C5 E6 t\r\n");
    command = command("ma key\r\n");
    assertThat(command.modifiers).isZero();
    assertThat(command.delta).isEqualTo(1);
    assertThat(command.initial | command.createExptime | command.exptime).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 5_000, 200_000})
  void binaryKey_goesWithItsValue(int length) {
    String key = "\0\r\n \u00ff";
    String encoded = Base64.getEncoder().encodeToString(key.getBytes(ISO_8859_1));
    String value = "v".repeat(length);
    ItemCommand command = command("ms " + encoded + " " + length + " b k\r\n" + value + "\r\n");
    assertThat(key(command)).isEqualTo(key);
    assertThat(value(command)).isEqualTo(value);
    assertThat(new String(bytes, ISO_8859_1)).contains(encoded);
  }

  @Test
  void note_isKeyAndOpaqueAndNothingElse() {
    assertThat(note("mg key v f t\r\n")).isEmpty();
    assertThat(note("mg key v k\r\n")).isEqualTo("key");
    assertThat(note("mg key v Oxyz t\r\n")).isEqualTo("Oxyz");
    assertThat(note("mg key k v Oxyz t\r\n")).isEqualTo("key k v Oxyz");
    assertThat(note("me key\r\n")).isEqualTo("key");
  }

  private String note(String text) {
    Decoded decoded = (Decoded) decode(text);
    return new String(
        decoded.note().bytes(), decoded.note().offset(), decoded.note().length(), ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"MZ", "M", "O123456789012345678901234567890123", "c c", "Q", "Tx", "b"})
  void set_thatIsWrong_swallowsItsValue_asOftenAsItComes(String flags) {
    for (int i = 0; i < 100; i++) {
      Rejected rejected = (Rejected) decode("ms k%y 9 " + flags + "\r\n");
      assertThat(rejected.recovery()).isEqualTo(Recovery.SWALLOW);
      assertThat(rejected.swallowBytes()).isEqualTo(11);
    }
  }

  @Test
  void set_ofManyBytes_isRefusedBeforeTheyCome() {
    assertThat(((Rejected) decode("ms k 2147483645 q\r\n")).swallowBytes()).isEqualTo(2147483647);
    assertThat(((Rejected) decode("ms k 2147483646 q\r\n")).recovery()).isEqualTo(Recovery.CLOSE);
    assertThat(((Rejected) decode("ms k 99999999999999999999\r\n")).recovery())
        .isEqualTo(Recovery.CLOSE);
    assertThat(((NeedMore) decode("ms k 1048575 q\r\n")).wantedBytes()).isEqualTo(1048575 + 2 + 16);
  }

  @Test
  void opaque_overTheLimit_isRefusedAsOftenAsItComes() {
    String opaque = "O" + "9".repeat(1500);
    for (int i = 0; i < 1_000; i++) {
      Rejected rejected = (Rejected) decode("mg key " + opaque + " k q\r\n");
      assertThat(MetaForm.complaint(rejected.form())).isEqualTo(Complaint.OPAQUE_TOO_LONG);
      assertThat(rejected.recovery()).isEqualTo(Recovery.CONTINUE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mg k, true",
    "' ms k', true",
    "'mn\r\n', true",
    "'mn\n', true",
    "'mn\r', false",
    "'mn\rx', false",
    "mg, false",
    "m, false",
    "mgk v, false",
    "mx k, false",
    "Mg k, false",
    "get mg k, false",
    "'', false",
  })
  void begins_onlyWithAMetaCommand(String text, boolean begins) {
    byte[] line = text.getBytes(ISO_8859_1);
    assertThat(MetaDecoder.begins(line, 0, line.length)).isEqualTo(begins);
  }
}

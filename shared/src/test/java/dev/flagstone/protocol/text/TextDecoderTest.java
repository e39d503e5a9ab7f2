package dev.flagstone.protocol.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.command.Fault;
import dev.flagstone.command.ItemCommand;
import dev.flagstone.command.SessionCommand;
import dev.flagstone.command.Verb;
import dev.flagstone.item.ItemLimits;
import dev.flagstone.protocol.DecodeResult;
import dev.flagstone.protocol.Decoded;
import dev.flagstone.protocol.NeedMore;
import dev.flagstone.protocol.Rejected;
import dev.flagstone.protocol.Rejected.Recovery;
import dev.flagstone.testing.CodecTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextDecoderTest {

  private final TextDecoder decoder = new TextDecoder();

  @Test
  void list_endNotInSight_handsOutTheKeysBeforeIt() {
    byte[] bytes = bytes("gats 77 first second thi");
    Decoded first = decoded(decoder.decode(bytes, 0, bytes.length));
    ItemCommand command = (ItemCommand) first.command();
    assertThat(key(command)).isEqualTo("first");
    assertThat(command.verb).isEqualTo(Verb.GAT);
    assertThat(command.exptime).isEqualTo(77);
    assertThat(command.wants(ItemCommand.WANT_KEY | ItemCommand.WANT_VALUE)).isTrue();
    assertThat(TextForm.has(first.form(), TextForm.WITH_CAS)).isTrue();
    assertThat(TextForm.has(first.form(), TextForm.LAST)).isFalse();
    int at = first.consumed();

    at += decoded(decoder.decode(bytes, at, bytes.length)).consumed();
    assertThat(key(command)).isEqualTo("second");
    assertThat(decoder.decode(bytes, at, bytes.length)).isInstanceOf(NeedMore.class);

    byte[] rest = bytes("third\r\nmn\r\n");
    Decoded last = decoded(decoder.decode(rest, 0, rest.length));
    assertThat(key(command)).isEqualTo("third");
    assertThat(command.exptime).isEqualTo(77);
    assertThat(TextForm.has(last.form(), TextForm.LAST)).isTrue();
    assertThat(decoded(decoder.decode(rest, last.consumed(), rest.length)).command())
        .isEqualTo(SessionCommand.NOOP);
  }

  @Test
  void list_tenThousandKeys_needsRoomForOneKey() {
    CodecTarget target = target();
    target.send(bytes("set k9999 0 0 1\r\nv\r\n"));
    StringBuilder list = new StringBuilder("get");
    for (int i = 0; i < 10_000; i++) {
      list.append(" k").append(i);
    }
    byte[] request = bytes(list + "\r\n");
    StringBuilder answer = new StringBuilder();
    for (byte b : request) {
      answer.append(new String(target.send(new byte[] {b}), ISO_8859_1));
      assertThat(target.pendingBytes()).isLessThan(16);
    }
    assertThat(answer).hasToString("VALUE k9999 0 1\r\nv\r\nEND\r\n");
  }

  @Test
  void list_keyTooLong_skipsTheLineAndEndsTheList() {
    byte[] bytes = bytes("get a " + "k".repeat(251) + " b\r\nmn\r\n");
    int at = decoded(decoder.decode(bytes, 0, bytes.length)).consumed();
    Rejected rejected = rejected(decoder.decode(bytes, at, bytes.length));
    assertThat(rejected.fault()).isEqualTo(Fault.BAD_FORMAT);
    assertThat(rejected.recovery()).isEqualTo(Recovery.SKIP_LINE);
    int next = bytes.length - 4;
    assertThat(decoded(decoder.decode(bytes, next, bytes.length)).command())
        .isEqualTo(SessionCommand.NOOP);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 500, 1000, 1500, 2000})
  void get_manySpaces_isRead(int spaces) {
    assertThat(send("get" + " ".repeat(spaces) + "key\r\n")).isEqualTo("END\r\n");
  }

  @Test
  void spaces_withoutEnd_waitAndThenClose() {
    byte[] bytes = bytes(" ".repeat(4096));
    assertThat(decoder.decode(bytes, 0, 1500)).isInstanceOf(NeedMore.class);
    assertThat(decoder.decode(bytes, 0, 2047)).isInstanceOf(NeedMore.class);
    for (int length : new int[] {2048, 4096}) {
      Rejected rejected = rejected(decoder.decode(bytes, 0, length));
      assertThat(rejected.fault()).isEqualTo(Fault.LINE_TOO_LONG);
      assertThat(rejected.recovery()).isEqualTo(Recovery.CLOSE);
    }
  }

  @Test
  void store_valueNotThere_wantsExactlyTheRest() {
    byte[] bytes = bytes("set a 0 0 1000\r\nabc");
    NeedMore more = (NeedMore) decoder.decode(bytes, 0, bytes.length);
    assertThat(more.wantedBytes()).isEqualTo(16 + 1000 + 2);
  }

  @Test
  void store_argumentsOfAllKinds_fillTheCommand() {
    byte[] bytes = bytes("..cas key 4294967295 -5 3 18446744073709551615 noreply\r\nabc\r\n..");
    Decoded decoded = decoded(decoder.decode(bytes, 2, bytes.length));
    ItemCommand command = (ItemCommand) decoded.command();
    assertThat(decoded.consumed()).isEqualTo(bytes.length - 4);
    assertThat(decoded.noreply()).isTrue();
    assertThat(command.verb).isEqualTo(Verb.CAS);
    assertThat(key(command)).isEqualTo("key");
    assertThat(command.flags).isEqualTo(-1);
    assertThat(command.exptime).isEqualTo(-5);
    assertThat(command.cas).isEqualTo(-1L);
    assertThat(new String(bytes, command.valueOffset, command.valueLength, ISO_8859_1))
        .isEqualTo("abc");
  }

  @Test
  void store_largestItem_isTaken() {
    int length = ItemLimits.MAX_ITEM_BYTES - 3;
    assertThat(send("set key 0 0 " + length + "\r\n" + "x".repeat(length) + "\r\n"))
        .isEqualTo("STORED\r\n");
  }

  @Test
  void set_oneByteTooLarge_isSwallowedAndRemovesTheItem() {
    int length = ItemLimits.MAX_ITEM_BYTES - 2;
    byte[] bytes = bytes("set key 0 0 " + length + "\r\n");
    Rejected rejected = rejected(decoder.decode(bytes, 0, bytes.length));
    assertThat(rejected.fault()).isEqualTo(Fault.TOO_LARGE);
    assertThat(rejected.recovery()).isEqualTo(Recovery.SWALLOW);
    assertThat(rejected.consumed()).isEqualTo(bytes.length);
    assertThat(rejected.swallowBytes()).isEqualTo(length + 2L);
    assertThat(rejected.instead())
        .satisfies(
            instead -> {
              assertThat(instead.verb).isEqualTo(Verb.DELETE);
              assertThat(key(instead)).isEqualTo("key");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"add", "replace", "append", "prepend"})
  void otherStore_tooLarge_leavesTheItemAlone(String verb) {
    byte[] bytes = bytes(verb + " key 0 0 2147483645\r\n");
    Rejected rejected = rejected(decoder.decode(bytes, 0, bytes.length));
    assertThat(rejected.fault()).isEqualTo(Fault.TOO_LARGE);
    assertThat(rejected.swallowBytes()).isEqualTo(2147483647L);
    assertThat(rejected.instead()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2147483646",
        "2147483647",
        "4294967295",
        "4294967297",
        "18446744073709551615",
        "18446744073709551617",
        "99999999999999999999999999999999"
      })
  void store_lengthBeyondReason_closesAndClampsNothing(String length) {
    byte[] bytes = bytes("set a 0 0 " + length + "\r\nflush_all\r\n");
    Rejected rejected = rejected(decoder.decode(bytes, 0, bytes.length));
    assertThat(rejected.fault()).isEqualTo(Fault.BAD_FORMAT);
    assertThat(rejected.recovery()).isEqualTo(Recovery.CLOSE);
    assertThat(rejected.instead()).isNull();
  }

  @Test
  void set_halfMebibyteWithoutLineEnd_isRefusedAndTheNextLineIsNotLost() {
    String value = "x".repeat(512 << 10);
    assertThat(send("set a 0 0 " + value.length() + "\r\n" + value + "mn\r\nmn\r\nget a\r\n"))
        .isEqualTo("CLIENT_ERROR bad data chunk\r\nMN\r\nEND\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "CONNECT", "TRACE", "PATCH",
      })
  void httpVerb_closesWithoutAWord(String verb) {
    byte[] bytes = bytes(verb + " ");
    Rejected rejected = rejected(decoder.decode(bytes, 0, bytes.length));
    assertThat(rejected.fault()).isNull();
    assertThat(rejected.recovery()).isEqualTo(Recovery.CLOSE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GETS", "get2", "ge", "Get", "postage", "DELETED"})
  void word_almostOfOthers_isUnknown(String word) {
    assertThat(send(word + " a\r\n")).isEqualTo("ERROR\r\n");
  }

  private static String send(String request) {
    return new String(target().send(bytes(request)), ISO_8859_1);
  }

  private static CodecTarget target() {
    return new CodecTarget(new TextDecoder(), new TextEncoder("1"));
  }

  private static String key(ItemCommand command) {
    return new String(command.bytes, command.keyOffset, command.keyLength, ISO_8859_1);
  }

  private static Decoded decoded(DecodeResult result) {
    assertThat(result).isInstanceOf(Decoded.class);
    return (Decoded) result;
  }

  private static Rejected rejected(DecodeResult result) {
    assertThat(result).isInstanceOf(Rejected.class);
    return (Rejected) result;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}

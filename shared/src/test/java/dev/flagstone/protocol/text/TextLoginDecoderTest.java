package dev.flagstone.protocol.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.command.Fault;
import dev.flagstone.command.LoginAttempt;
import dev.flagstone.command.SessionCommand;
import dev.flagstone.protocol.DecodeResult;
import dev.flagstone.protocol.Decoded;
import dev.flagstone.protocol.NeedMore;
import dev.flagstone.protocol.Rejected;
import dev.flagstone.protocol.Rejected.Recovery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextLoginDecoderTest {

  private final TextLoginDecoder decoder = new TextLoginDecoder();

  @Test
  void set_isALoginAttempt() {
    byte[] bytes = bytes("set user 0 0 6\r\nsecret\r\nget a\r\n");
    Decoded decoded = (Decoded) decoder.decode(bytes, 0, bytes.length);
    LoginAttempt attempt = (LoginAttempt) decoded.command();
    assertThat(decoded.consumed()).isEqualTo(24);
    assertThat(text(attempt.bytes, attempt.keyOffset, attempt.keyLength)).isEqualTo("user");
    assertThat(text(attempt.bytes, attempt.valueOffset, attempt.valueLength)).isEqualTo("secret");
    assertThat(attempt.toString()).doesNotContain("secret").doesNotContain("user");
  }

  @Test
  void set_valueNotThere_wantsExactlyTheRest() {
    byte[] bytes = bytes("set user 0 0 512\r\nsec");
    NeedMore more = (NeedMore) decoder.decode(bytes, 0, bytes.length);
    assertThat(more.wantedBytes()).isEqualTo(18 + 512 + 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"513", "2147483646", "2147483647", "4294967296", "99999999999999999999"})
  void set_tooLong_closesBeforeAnythingIsWaitedFor(String length) {
    Rejected rejected = rejected("set user 0 0 " + length + "\r\n");
    assertThat(rejected.fault()).isEqualTo(Fault.AUTHENTICATION_FAILURE);
    assertThat(rejected.recovery()).isEqualTo(Recovery.CLOSE);
  }

  @Test
  void set_valueLongerThanSaid_closes() {
    Rejected rejected = rejected("set user 0 0 3\r\nsecret\r\n");
    assertThat(rejected.fault()).isEqualTo(Fault.AUTHENTICATION_FAILURE);
    assertThat(rejected.recovery()).isEqualTo(Recovery.CLOSE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"set\r\n", "set user 0 0\r\n", "set user 0 0 -1\r\n", "set u 0 0 x\r\n"})
  void set_withoutLength_isNoLogin(String line) {
    Rejected rejected = rejected(line);
    assertThat(rejected.fault()).isEqualTo(Fault.UNAUTHENTICATED);
    assertThat(rejected.recovery()).isEqualTo(Recovery.CONTINUE);
    assertThat(rejected.consumed()).isEqualTo(line.length());
  }

  @Test
  void set_badKey_isNoLoginAndIsSwallowed() {
    Rejected rejected = rejected("set " + "k".repeat(251) + " 0 0 5\r\n");
    assertThat(rejected.fault()).isEqualTo(Fault.UNAUTHENTICATED);
    assertThat(rejected.recovery()).isEqualTo(Recovery.SWALLOW);
    assertThat(rejected.swallowBytes()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"get a\r\n", "add a 0 0 1\r\n", "flush_all\r\n", "mn\r\n", "x\r\n", "watch "})
  void anyOtherCommand_isUnauthenticated(String line) {
    Rejected rejected = rejected(line);
    assertThat(rejected.fault()).isEqualTo(Fault.UNAUTHENTICATED);
    assertThat(rejected.recovery()).isEqualTo(Recovery.SKIP_LINE);
    assertThat(rejected.consumed()).isPositive().isLessThan(line.length());
  }

  @Test
  void manyEmptyLines_areCountedOneByOne() {
    byte[] bytes = bytes("\r\n".repeat(1_000));
    for (int at = 0; at < bytes.length; at += 2) {
      Rejected rejected = (Rejected) decoder.decode(bytes, at, bytes.length);
      assertThat(rejected.fault()).isEqualTo(Fault.UNAUTHENTICATED);
      assertThat(rejected.consumed()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1\r\n", "POST ", "\u0080!", "\u0016\u0003\u0001", "\0"})
  void whatIsNotOurProtocol_closesWithoutAWord(String sent) {
    Rejected rejected = rejected(sent);
    assertThat(rejected.fault()).isNull();
    assertThat(rejected.recovery()).isEqualTo(Recovery.CLOSE);
  }

  @Test
  void versionAndQuit_areTaken() {
    byte[] bytes = bytes("version\r\nquit\r\n");
    Decoded decoded = (Decoded) decoder.decode(bytes, 0, bytes.length);
    assertThat(decoded.command()).isEqualTo(SessionCommand.VERSION);
    DecodeResult quit = decoder.decode(bytes, decoded.consumed(), bytes.length);
    assertThat(((Decoded) quit).command()).isEqualTo(SessionCommand.QUIT);
  }

  private Rejected rejected(String sent) {
    byte[] bytes = bytes(sent);
    return (Rejected) decoder.decode(bytes, 0, bytes.length);
  }

  private static String text(byte[] bytes, int offset, int length) {
    return new String(bytes, offset, length, ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}

package dev.flagstone.protocol.binary;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.command.Fault;
import dev.flagstone.command.LoginAttempt;
import dev.flagstone.protocol.DecodeResult;
import dev.flagstone.protocol.Decoded;
import dev.flagstone.protocol.NeedMore;
import dev.flagstone.protocol.Rejected;
import dev.flagstone.protocol.Rejected.Recovery;
import dev.flagstone.testing.Packet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the transcripts of {@code binary-login} cannot see. */
class BinaryLoginDecoderTest {

  private final BinaryLoginDecoder decoder = new BinaryLoginDecoder();

  private DecodeResult decode(String packet) {
    byte[] bytes = Packet.request(packet);
    return decoder.decode(bytes, 0, bytes.length);
  }

  @Test
  void plain_isExactlyUsernameAndPassword() {
    Decoded decoded = (Decoded) decode("sasl-auth key=PLAIN value=\\0user\\0pass\\x20wo\\0rd");
    LoginAttempt attempt = (LoginAttempt) decoded.command();
    assertThat(attempt.exact).isTrue();
    assertThat(new String(attempt.bytes, attempt.keyOffset, attempt.keyLength, ISO_8859_1))
        .isEqualTo("user");
    assertThat(new String(attempt.bytes, attempt.valueOffset, attempt.valueLength, ISO_8859_1))
        .isEqualTo("pass wo\0rd");
  }

  @Test
  void login_isBoundedBeforeItIsWaitedFor() {
    assertThat(decode("sasl-auth key-length=5 body-length=1024")).isInstanceOf(NeedMore.class);
    Rejected rejected = (Rejected) decode("sasl-auth key-length=5 body-length=1025");
    assertThat(rejected.fault()).isEqualTo(Fault.AUTHENTICATION_FAILURE);
    assertThat(rejected.recovery()).isEqualTo(Recovery.CLOSE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"get", "set", "stat", "flushq", "verbosity", "gatkq", "0x1f", "0xff"})
  void commands_areUnauthenticatedAndSwallowedWhateverTheyHold(String name) {
    Rejected rejected = (Rejected) decode(name + " key-length=9 body-length=2000000");
    assertThat(rejected.fault()).isEqualTo(Fault.UNAUTHENTICATED);
    assertThat(rejected.swallowBytes()).isEqualTo(2_000_000);
  }
}

package dev.flagstone.tenancy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifierTest {

  private static final byte[] SALT = new byte[Verifier.SALT_BYTES];
  private static final byte[] PASSWORD = "secret".getBytes(US_ASCII);
  private static final Verifier VERIFIER = Verifier.of(PASSWORD, SALT);

  @Test
  void password_rightOrWrong_isTold() {
    byte[] around = "..secret..".getBytes(US_ASCII);
    assertThat(VERIFIER.matches(around, 2, 6)).isTrue();
    assertThat(VERIFIER.matches(around, 2, 5)).isFalse();
    assertThat(VERIFIER.matches(around, 2, 7)).isFalse();
    assertThat(VERIFIER.matches(around, 2, 0)).isFalse();
  }

  @Test
  void encoded_readAgain_isEqual() {
    Verifier read = Verifier.parse(VERIFIER.encoded());
    assertThat(read).isEqualTo(VERIFIER).hasSameHashCodeAs(VERIFIER);
    assertThat(read.matches(PASSWORD, 0, PASSWORD.length)).isTrue();
  }

  @Test
  void salt_makesADifferenceAndIsCopied() {
    byte[] salt = new byte[Verifier.SALT_BYTES];
    salt[0] = 1;
    Verifier salted = Verifier.of(PASSWORD, salt);
    assertThat(salted).isNotEqualTo(VERIFIER);
    salt[0] = 2;
    assertThat(salted.matches(PASSWORD, 0, PASSWORD.length)).isTrue();
    assertThatThrownBy(() -> Verifier.of(PASSWORD, new byte[15]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void text_tellsNothingOfIt() {
    assertThat(VERIFIER.toString()).isEqualTo("Verifier[redacted]");
    assertThat(VERIFIER.encoded()).doesNotContain(HexFormat.of().formatHex(PASSWORD));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "secret", "md5:00:00", "hmac-sha256:00:00", "hmac-sha256:zz:00", "::"})
  void otherText_isRefused(String text) {
    assertThatThrownBy(() -> Verifier.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}

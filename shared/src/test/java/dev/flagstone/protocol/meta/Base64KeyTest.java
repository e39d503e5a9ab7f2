package dev.flagstone.protocol.meta;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.testing.Property;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Base64KeyTest {

  @Test
  void decode_whatIsBase64_isWhatWasEncoded() {
    Property.holds(
        2_000,
        random -> {
          byte[] key = new byte[1 + random.nextInt(187)];
          random.nextBytes(key);
          byte[] encoded = Base64.getEncoder().encode(key);
          byte[] target = new byte[encoded.length];
          int length = Base64Key.decode(encoded, 0, encoded.length, target);
          assertThat(Arrays.copyOf(target, Math.max(0, length))).isEqualTo(key);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "AA", "AAA", "A===", "=AAA", "AA=A", "AA==AAAA", "AA A", "AAé="})
  void decode_whatIsNot_isRefused(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    assertThat(Base64Key.decode(bytes, 0, bytes.length, new byte[16])).isEqualTo(-1);
  }
}

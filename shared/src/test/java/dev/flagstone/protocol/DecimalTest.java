package dev.flagstone.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.testing.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {

  @Test
  void anyNumber_writtenAndRead_isTheSame() {
    Property.holds(
        100_000, random -> assertRoundTrip(random.nextLong() >>> random.nextInt(Long.SIZE)));
  }

  @Test
  void numbersAroundPowersOfTen_writtenAndRead_areTheSame() {
    long power = 1;
    for (int digits = 1; digits <= 20; digits++) {
      for (long number = power - 2; number <= power + 2; number++) {
        assertRoundTrip(number);
      }
      power *= 10;
    }
    assertRoundTrip(Long.MAX_VALUE);
    assertRoundTrip(Long.MIN_VALUE);
    assertRoundTrip(-1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-1",
        "+1",
        " 1",
        "1 ",
        "1x",
        "x",
        "1.0",
        "/",
        ":",
        "18446744073709551616",
        "18446744073709551620",
        "99999999999999999999",
        "000000000000000000001",
      })
  void whatIsNoNumberOf64Bits_isRefused(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    assertThat(Decimal.isUnsigned(bytes, 0, bytes.length)).isFalse();
  }

  private static void assertRoundTrip(long number) {
    byte[] bytes = new byte[Decimal.MAX_DIGITS + 3];
    int end = Decimal.put(bytes, 3, number);
    String digits = Long.toUnsignedString(number);
    assertThat(new String(bytes, 3, end - 3, ISO_8859_1)).isEqualTo(digits);
    assertThat(Decimal.digits(number)).isEqualTo(digits.length());
    assertThat(Decimal.isUnsigned(bytes, 3, end - 3)).isTrue();
    assertThat(Decimal.parse(bytes, 3, end - 3)).isEqualTo(number);
  }
}

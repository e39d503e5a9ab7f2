package dev.flagstone.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemorySizeTest {

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "1,1",
    "1k,1024",
    "256m,268435456",
    "2G,2147483648",
    "1 ,1",
    "4kb,4096",
    "4MiB,4194304"
  })
  void size_withUnit_isBytes(String text, long bytes) {
    assertThat(MemorySize.parse(text).bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "m",
        "-1m",
        "1.5g",
        "1t",
        "1 m",
        "0x10",
        "9999999999999999",
        "999999999999999g"
      })
  void whatIsNoSize_isRefusedInASentence(String text) {
    assertThatThrownBy(() -> MemorySize.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "' is");
  }

  @Test
  void text_hasTheLargestUnitThatFits() {
    for (String text : new String[] {"0", "1", "1023", "1k", "1025k", "256m", "3g"}) {
      assertThat(MemorySize.parse(text)).hasToString(text);
    }
  }
}

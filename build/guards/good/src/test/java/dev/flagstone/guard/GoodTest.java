package dev.flagstone.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GoodTest {
  @Test
  void one_isOne() {
    assertThat(1).isOne();
  }
}

package dev.flagstone.item;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ItemLimitsTest {

  @Test
  void keyAndValue_upToOneMebibyte_fit() {
    assertThat(ItemLimits.fits(250, (1 << 20) - 250)).isTrue();
    assertThat(ItemLimits.fits(250, (1 << 20) - 249)).isFalse();
    assertThat(ItemLimits.fits(1, Long.MAX_VALUE)).isFalse();
  }
}

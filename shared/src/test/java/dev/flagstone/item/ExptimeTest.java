package dev.flagstone.item;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExptimeTest {

  private static final long NOW = 1_800_000_000L;

  @Test
  void zero_neverExpires() {
    assertThat(Exptime.instant(0, NOW)).isEqualTo(Exptime.NEVER);
    assertThat(Exptime.isPast(Exptime.NEVER, 0xFFFF_FFFFL)).isFalse();
  }

  @Test
  void negative_hasExpired() {
    assertThat(Exptime.isPast(Exptime.instant(-1, NOW), NOW)).isTrue();
    assertThat(Exptime.isPast(Exptime.instant(Integer.MIN_VALUE, NOW), NOW)).isTrue();
  }

  @Test
  void upToThirtyDays_countFromNow() {
    for (int exptime : new int[] {1, 60, Exptime.MAX_RELATIVE_SECONDS}) {
      int instant = Exptime.instant(exptime, NOW);
      assertThat(Exptime.isPast(instant, NOW + exptime - 1)).isFalse();
      assertThat(Exptime.isPast(instant, NOW + exptime)).isTrue();
    }
  }

  @Test
  void moreThanThirtyDays_isAUnixTime() {
    assertThat(Exptime.instant(Exptime.MAX_RELATIVE_SECONDS + 1, NOW)).isEqualTo(2_592_001);
    assertThat(Exptime.isPast(Exptime.instant(Integer.MAX_VALUE, NOW), NOW)).isFalse();
  }

  @Test
  void instantBeyond2038_isUnsigned() {
    long now = Integer.MAX_VALUE - 10L;
    int instant = Exptime.instant(100, now);
    assertThat(instant).isNegative();
    assertThat(Exptime.isPast(instant, now + 99)).isFalse();
    assertThat(Exptime.isPast(instant, now + 100)).isTrue();
  }
}

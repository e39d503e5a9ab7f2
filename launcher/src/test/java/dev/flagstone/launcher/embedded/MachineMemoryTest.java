package dev.flagstone.launcher.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstone.config.MemorySize;
import org.junit.jupiter.api.Test;

final class MachineMemoryTest {

  private static final long MIB = 1L << 20;

  @Test
  void check_whatJustFits_isTaken() {
    long available = MachineMemory.OVERHEAD_BYTES + 100 * MIB;
    assertThatCode(() -> MachineMemory.check(new MemorySize(100 * MIB), available))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> MachineMemory.check(new MemorySize(100 * MIB + 1), available))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("this machine has room for 100m now");
  }

  @Test
  void check_lessThanOneItemNeeds_isRefused() {
    assertThatThrownBy(() -> MachineMemory.check(new MemorySize(MIB), Long.MAX_VALUE))
        .isInstanceOf(StartException.class)
        .hasMessage("--memory 1m is too small: at least 2m is needed");
  }

  @Test
  void availableBytes_here_isPositiveAndFinite() {
    assertThat(MachineMemory.availableBytes()).isBetween(1L, 1L << 50);
  }
}

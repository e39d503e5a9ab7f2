package dev.flagstone.archfixture.disabled.proxy;

import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

public final class BadMethod {
  @Test
  @Disabled
  void work() {}
}

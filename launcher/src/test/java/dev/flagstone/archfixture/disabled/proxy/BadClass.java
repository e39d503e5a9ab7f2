package dev.flagstone.archfixture.disabled.proxy;

import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

@Disabled
public final class BadClass {
  @Test
  void work() {}
}

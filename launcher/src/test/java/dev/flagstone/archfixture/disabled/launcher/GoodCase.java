package dev.flagstone.archfixture.disabled.launcher;

import org.junit.jupiter.api.Test;

public final class GoodCase {
  @Test
  void work() {}
}

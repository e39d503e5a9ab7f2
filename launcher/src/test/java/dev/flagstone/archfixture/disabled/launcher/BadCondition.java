package dev.flagstone.archfixture.disabled.launcher;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

public final class BadCondition {
  @Test
  @EnabledIfSystemProperty(named = "slow", matches = "true")
  void work() {}
}

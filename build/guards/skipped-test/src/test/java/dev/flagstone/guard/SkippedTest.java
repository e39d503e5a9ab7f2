package dev.flagstone.guard;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

class SkippedTest {
  @Test
  void runs() {}

  @Test
  void assumption_false_isSkipped() {
    assumeTrue(false);
  }
}

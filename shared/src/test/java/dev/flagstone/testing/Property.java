package dev.flagstone.testing;

import java.util.Random;

/** Checks what must hold for every input, with inputs from a seeded generator. */
public final class Property {

  /** Set to the seed that a failure names, to see it again. */
  private static final String SEED = "flagstone.seed";

  private Property() {}

  /** One check of inputs that it makes from the generator. */
  @FunctionalInterface
  public interface Check {
    void check(Random random) throws Exception;
  }

  /**
   * Runs the check {@code times} times, each with a seed of its own.
   *
   * @throws AssertionError that names the seed of the first failure
   */
  public static void holds(int times, Check check) {
    Long replayed = Long.getLong(SEED);
    long first = replayed == null ? System.nanoTime() : replayed;
    for (int i = 0; i < (replayed == null ? times : 1); i++) {
      long seed = first + i;
      try {
        check.check(new Random(seed));
      } catch (Exception | AssertionError e) {
        throw new AssertionError("fails with -D" + SEED + "=" + seed + ": " + e.getMessage(), e);
      }
    }
  }
}

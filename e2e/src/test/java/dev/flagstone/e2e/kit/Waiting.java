package dev.flagstone.e2e.kit;

import java.time.Duration;

/** Bounded waits. */
public final class Waiting {

  private static final long STEP_MILLIS = 5;

  private Waiting() {}

  /** Something that may become true. */
  @FunctionalInterface
  public interface Condition {
    boolean holds() throws Exception;
  }

  /** Waits until the condition holds, and fails with {@code what} if it does not in time. */
  public static void until(String what, Duration atMost, Condition condition) throws Exception {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + atMost.toMillis() + " ms: " + what);
      }
      Thread.sleep(STEP_MILLIS);
    }
  }

  /** Milliseconds since {@code startNanos}. */
  public static long millisSince(long startNanos) {
    return (System.nanoTime() - startNanos) / 1_000_000;
  }
}

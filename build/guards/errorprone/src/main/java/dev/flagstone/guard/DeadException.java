package dev.flagstone.guard;

/** Makes an exception and forgets to throw it. */
public final class DeadException {
  /** Refuses numbers below zero, or so it means. */
  public void check(int number) {
    if (number < 0) {
      new IllegalArgumentException("negative");
    }
  }
}

package dev.flagstone.time;

/** The time as a component sees it; tests hand in one that they advance themselves. */
public interface TimeSource {

  /** The wall clock in milliseconds since the Unix epoch. */
  long unixMillis();

  /**
   * A monotonic clock in nanoseconds, with an arbitrary origin; only differences mean something.
   */
  long nanos();

  /** The wall clock in whole seconds since the Unix epoch. */
  default long unixSeconds() {
    return Math.floorDiv(unixMillis(), 1000L);
  }

  /** The clocks of the machine. */
  static TimeSource system() {
    return SystemTime.INSTANCE;
  }
}

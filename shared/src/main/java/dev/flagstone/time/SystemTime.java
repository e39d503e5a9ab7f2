package dev.flagstone.time;

/** The clocks of the machine. */
enum SystemTime implements TimeSource {
  INSTANCE;

  @Override
  public long unixMillis() {
    return System.currentTimeMillis();
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }
}

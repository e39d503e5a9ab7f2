package dev.flagstone.datanode.testing;

import dev.flagstone.time.TimeSource;

/** A clock that only its test advances. */
public final class FakeTime implements TimeSource {

  private long millis = 1_700_000_000_000L;

  @Override
  public long unixMillis() {
    return millis;
  }

  @Override
  public long nanos() {
    return millis * 1_000_000;
  }

  /** Lets time pass. */
  public void advanceSeconds(long seconds) {
    millis += seconds * 1000;
  }
}

package dev.flagstone.datanode.store;

import dev.flagstone.time.TimeSource;

/** The time as a shard sees it: read once a command. */
final class ShardClock {

  private final TimeSource time;
  private final long startSeconds;
  private long nowSeconds;

  ShardClock(TimeSource time) {
    this.time = time;
    this.startSeconds = time.unixSeconds();
    this.nowSeconds = startSeconds;
  }

  void read() {
    nowSeconds = time.unixSeconds();
  }

  /** Unix seconds at the last {@link #read}. */
  long nowSeconds() {
    return nowSeconds;
  }

  /** Seconds since the shard's start at the last {@link #read}. */
  int sinceStart() {
    return (int) (nowSeconds - startSeconds);
  }

  /** A monotonic clock in nanoseconds. */
  long nanos() {
    return time.nanos();
  }
}

package dev.flagstone.log;

import dev.flagstone.time.TimeSource;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/**
 * A log for things that can happen a million times a second: at most one line in an interval, which
 * tells how many were left out since the last. Thread-safe.
 */
public final class RateLimitedLog {

  private static final long INTERVAL_NANOS = 10_000_000_000L;

  private final Logger logger;
  private final TimeSource time;
  private final AtomicLong nextNanos;
  private final AtomicLong suppressed = new AtomicLong();

  /** Makes a log that writes to {@code logger} at most every 10 seconds. */
  public RateLimitedLog(Logger logger, TimeSource time) {
    this.logger = logger;
    this.time = time;
    this.nextNanos = new AtomicLong(time.nanos());
  }

  /**
   * Says that something is wrong, with the class and the message of its cause; never its stack
   * trace.
   */
  public void warn(String what, Throwable cause) {
    if (isDue()) {
      logger.warn(
          "{}: {}: {}{}", what, cause.getClass().getSimpleName(), cause.getMessage(), leftOut());
    }
  }

  /** Says that something is wrong. */
  public void warn(String what) {
    if (isDue()) {
      logger.warn("{}{}", what, leftOut());
    }
  }

  /** Says that there is a bug, with the stack trace that is needed to mend it. */
  public void bug(String what, Throwable cause) {
    if (isDue()) {
      logger.error("{}{}", what, leftOut(), cause);
    }
  }

  private boolean isDue() {
    long now = time.nanos();
    long due = nextNanos.get();
    if (now - due >= 0 && nextNanos.compareAndSet(due, now + INTERVAL_NANOS)) {
      return true;
    }
    suppressed.incrementAndGet();
    return false;
  }

  private String leftOut() {
    long count = suppressed.getAndSet(0);
    return count == 0 ? "" : " (and " + count + " more since the last such line)";
  }
}

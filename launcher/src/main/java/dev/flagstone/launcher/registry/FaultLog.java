package dev.flagstone.launcher.registry;

import dev.flagstone.time.TimeSource;
import org.slf4j.Logger;

/** Logs a fault that may last or recur: one line a minute, with the count of those left out. */
final class FaultLog {

  private static final long QUIET_NANOS = 60_000_000_000L;

  private final Logger logger;
  private final TimeSource time;
  private long lastNanos;
  private long suppressed;
  private boolean logged;

  FaultLog(Logger logger, TimeSource time) {
    this.logger = logger;
    this.time = time;
  }

  void warn(String line) {
    long now = time.nanos();
    if (logged && now - lastNanos < QUIET_NANOS) {
      suppressed++;
      return;
    }
    logger.warn("{}{}", line, suppressed == 0 ? "" : " (" + suppressed + " more since)");
    logged = true;
    lastNanos = now;
    suppressed = 0;
  }
}

package dev.flagstone.launcher.registry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.flagstone.time.TimeSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class FaultLogTest {

  /** A clock that the test moves. */
  private static final class FakeTime implements TimeSource {

    long seconds;

    @Override
    public long unixMillis() {
      return seconds * 1000;
    }

    @Override
    public long nanos() {
      return TimeUnit.SECONDS.toNanos(seconds);
    }
  }

  @Test
  void warn_repeatedly_logsOncePerMinuteAndCountsTheRest() {
    Logger logger = (Logger) LoggerFactory.getLogger("faults");
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    logger.setAdditive(false);
    FakeTime time = new FakeTime();
    FaultLog faults = new FaultLog(logger, time);
    for (time.seconds = 0; time.seconds <= 120; time.seconds++) {
      faults.warn("broken");
    }
    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("broken", "broken (59 more since)", "broken (59 more since)");
  }
}

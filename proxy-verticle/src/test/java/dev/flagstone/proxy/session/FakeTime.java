package dev.flagstone.proxy.session;

import dev.flagstone.time.TimeSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** A clock that stands still until it is advanced, and the timers that hang on it. */
final class FakeTime implements TimeSource, LoopTimers {

  private record Timer(long atMillis, long order, Runnable task) {}

  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(
          Comparator.comparingLong(Timer::atMillis).thenComparingLong(Timer::order));
  private long millis = 1_800_000_000_000L;
  private long order;

  @Override
  public long unixMillis() {
    return millis;
  }

  @Override
  public long nanos() {
    return millis * 1_000_000;
  }

  @Override
  public void after(long delayMillis, Runnable task) {
    timers.add(new Timer(millis + delayMillis, order++, task));
  }

  /** Lets time pass and returns the timers that are due, in their order. */
  List<Runnable> advance(long byMillis) {
    millis += byMillis;
    List<Runnable> due = new ArrayList<>();
    for (Timer first = timers.peek();
        first != null && first.atMillis() <= millis;
        first = timers.peek()) {
      timers.remove();
      due.add(first.task());
    }
    return due;
  }
}

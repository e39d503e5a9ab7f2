package dev.flagstone.proxy.session;

import dev.flagstone.time.TimeSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The timers of all sessions of one loop: a queue for each delay, so that the first of each is due
 * first, looked at by one timer of the loop's.
 *
 * <p>There are as few delays as there are kinds of deadlines, and a deadline is met as late as the
 * loop looks. A timer of the platform's for each connection would cost ten times the memory.
 */
public final class DeadlineQueue implements LoopTimers {

  private record Deadline(long nanos, Runnable task) {}

  private final TimeSource time;
  private final Map<Long, ArrayDeque<Deadline>> byDelay = new HashMap<>();

  /** Makes an empty queue. */
  public DeadlineQueue(TimeSource time) {
    this.time = time;
  }

  @Override
  public void after(long millis, Runnable task) {
    byDelay
        .computeIfAbsent(millis, delay -> new ArrayDeque<>())
        .addLast(new Deadline(time.nanos() + millis * 1_000_000, task));
  }

  /** Runs what is due; what that adds is left for the next time. */
  public void run() {
    long now = time.nanos();
    for (ArrayDeque<Deadline> queue : List.copyOf(byDelay.values())) {
      while (!queue.isEmpty() && now - queue.getFirst().nanos() >= 0) {
        queue.removeFirst().task().run();
      }
    }
  }
}

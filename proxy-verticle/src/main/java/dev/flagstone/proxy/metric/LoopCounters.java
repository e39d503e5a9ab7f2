package dev.flagstone.proxy.metric;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counters with one writer, the event loop, and readers anywhere.
 *
 * <p>An increment is a plain read and an ordered store: no lock prefix on the hot path.
 */
public final class LoopCounters {

  private final AtomicLongArray values;

  /** Makes {@code count} counters at 0. */
  LoopCounters(int count) {
    values = new AtomicLongArray(count);
  }

  /** Adds to the counter with this index; only from the owning loop. */
  void add(int index, long amount) {
    values.lazySet(index, values.getPlain(index) + amount);
  }

  /** The counter's value; from any thread. */
  long get(int index) {
    return values.getOpaque(index);
  }
}

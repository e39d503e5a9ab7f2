package dev.flagstone.proxy.metric;

/** One event loop's counters of one cache. */
public final class CacheTraffic {

  private final LoopCounters counters = new LoopCounters(TrafficCounter.COUNT + 1);

  /** The gauge of open connections stands behind the counters. */
  private static final int OPEN = TrafficCounter.COUNT;

  /** Adds 1; only from the owning loop. */
  public void count(TrafficCounter counter) {
    counters.add(counter.ordinal(), 1);
  }

  /** Adds an amount; only from the owning loop. */
  public void count(TrafficCounter counter, long amount) {
    counters.add(counter.ordinal(), amount);
  }

  /** Notes that a connection logged in to the cache; only from the owning loop. */
  public void opened() {
    counters.add(OPEN, 1);
    count(TrafficCounter.TOTAL_CONNECTIONS);
  }

  /** Notes that such a connection is gone; only from the owning loop. */
  public void closed() {
    counters.add(OPEN, -1);
  }

  long get(TrafficCounter counter) {
    return counters.get(counter.ordinal());
  }

  long openConnections() {
    return counters.get(OPEN);
  }
}

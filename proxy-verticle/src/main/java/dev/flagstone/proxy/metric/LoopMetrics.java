package dev.flagstone.proxy.metric;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The numbers of one event loop. Written by that loop only, read from anywhere. */
public final class LoopMetrics {

  private final LoopCounters counters = new LoopCounters(ProxyCounter.COUNT + 1);
  private final ConcurrentHashMap<Integer, CacheTraffic> traffic = new ConcurrentHashMap<>();

  private static final int OPEN = ProxyCounter.COUNT;

  LoopMetrics() {}

  /** Adds 1. */
  public void count(ProxyCounter counter) {
    counters.add(counter.ordinal(), 1);
  }

  /** Adds an amount. */
  public void count(ProxyCounter counter, long amount) {
    counters.add(counter.ordinal(), amount);
  }

  /** Notes a new connection. */
  public void connectionOpened() {
    counters.add(OPEN, 1);
    count(ProxyCounter.CONNECTIONS);
  }

  /** Notes that a connection is gone. */
  public void connectionClosed() {
    counters.add(OPEN, -1);
  }

  /** This loop's counters of a cache. */
  public CacheTraffic traffic(int cacheId) {
    return traffic.computeIfAbsent(cacheId, id -> new CacheTraffic());
  }

  @Nullable CacheTraffic find(int cacheId) {
    return traffic.get(cacheId);
  }

  long get(ProxyCounter counter) {
    return counters.get(counter.ordinal());
  }

  /** Connections of this loop that are open now. */
  public long openConnections() {
    return counters.get(OPEN);
  }
}

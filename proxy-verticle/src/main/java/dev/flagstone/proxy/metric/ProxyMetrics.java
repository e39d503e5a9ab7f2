package dev.flagstone.proxy.metric;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * All numbers of one proxy process: of its event loops, and of each cache in each loop.
 * Thread-safe; the counters themselves are written by their loop only.
 */
public final class ProxyMetrics {

  private final List<LoopMetrics> loops = new CopyOnWriteArrayList<>();
  private final ConcurrentHashMap<Integer, Baseline> baselines = new ConcurrentHashMap<>();

  /** Publishes the proxy's own counters in {@code registry}. */
  public ProxyMetrics(MeterRegistry registry) {
    for (ProxyCounter counter : ProxyCounter.values()) {
      FunctionCounter.builder(counter.metricName(), this, metrics -> metrics.sum(counter))
          .description(counter.description())
          .register(registry);
    }
    Gauge.builder("flagstone.proxy.connections.open", this, ProxyMetrics::openConnections)
        .description("connections open now")
        .register(registry);
  }

  /** Makes the counters of one more event loop. */
  public LoopMetrics newLoop() {
    LoopMetrics loop = new LoopMetrics();
    loops.add(loop);
    return loop;
  }

  /** The sum of a counter over all loops. */
  public long sum(ProxyCounter counter) {
    return loops.stream().mapToLong(loop -> loop.get(counter)).sum();
  }

  /** Connections that are open now, logged in or not. */
  public long openConnections() {
    return loops.stream().mapToLong(LoopMetrics::openConnections).sum();
  }

  /** The sum of a cache's counter over all loops, since the cache's counters were last set back. */
  public long sum(int cacheId, TrafficCounter counter) {
    Baseline baseline = baselines.get(cacheId);
    return rawSum(cacheId, counter) - (baseline == null ? 0 : baseline.values()[counter.ordinal()]);
  }

  /** Connections of a cache that are open now. */
  public long openConnections(int cacheId) {
    long sum = 0;
    for (LoopMetrics loop : loops) {
      CacheTraffic traffic = loop.find(cacheId);
      sum += traffic == null ? 0 : traffic.openConnections();
    }
    return sum;
  }

  /** Sets a cache's counters back to 0; open connections stay. */
  public void reset(int cacheId) {
    long[] values = new long[TrafficCounter.COUNT];
    for (TrafficCounter counter : TrafficCounter.values()) {
      values[counter.ordinal()] = rawSum(cacheId, counter);
    }
    baselines.put(cacheId, new Baseline(values));
  }

  private long rawSum(int cacheId, TrafficCounter counter) {
    long sum = 0;
    for (LoopMetrics loop : loops) {
      CacheTraffic traffic = loop.find(cacheId);
      sum += traffic == null ? 0 : traffic.get(counter);
    }
    return sum;
  }

  /**
   * What the counters of a cache were when they were last set back: loops alone write their
   * counters.
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Baseline(long[] values) {}
}

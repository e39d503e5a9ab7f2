package dev.flagstone.proxy.session;

import dev.flagstone.command.StatCounter;
import dev.flagstone.command.Statistics;
import dev.flagstone.command.Statistics.Entry;
import dev.flagstone.command.StatsTopic;
import dev.flagstone.item.ItemLimits;
import dev.flagstone.proxy.metric.ProxyMetrics;
import dev.flagstone.proxy.metric.TrafficCounter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sums up what the shards tell of a cache and says it as memcached does.
 *
 * <p>What a proxy counts is this proxy's share, and clients with several proxies add it up; what
 * the shards tell ({@code curr_items bytes limit_maxbytes evictions}) is the whole cache's on every
 * proxy.
 */
final class CacheStatistics {

  /** Per row (0 for the cache, else a slab class or a size) the sum of each counter. */
  private final TreeMap<Integer, Map<StatCounter, Long>> rows = new TreeMap<>();

  void add(int row, StatCounter counter, long value) {
    Map<StatCounter, Long> sums = rows.computeIfAbsent(row, r -> new EnumMap<>(StatCounter.class));
    if (counter == StatCounter.CHUNK_SIZE) {
      sums.put(counter, value);
    } else {
      sums.merge(counter, value, Long::sum);
    }
  }

  Statistics of(StatsTopic topic, Identity identity, SessionContext context) {
    List<Entry> entries = new ArrayList<>();
    switch (topic) {
      case GENERAL -> general(entries, identity, context);
      case ITEMS -> items(entries);
      case SLABS -> slabs(entries);
      case SIZES -> sizes(entries);
    }
    return new Statistics(entries);
  }

  private void general(List<Entry> entries, Identity identity, SessionContext context) {
    int cacheId = identity.cacheId().value();
    ProxyMetrics metrics = context.proxyMetrics();
    put(entries, "time", context.time().unixSeconds());
    entries.add(new Entry("version", context.version()));
    put(entries, "curr_connections", metrics.openConnections(cacheId));
    for (TrafficCounter counter : TrafficCounter.values()) {
      put(entries, counter.statName(), metrics.sum(cacheId, counter));
    }
    put(entries, "limit_maxbytes", identity.cache().quota().bytes());
    put(entries, "bytes", of(0, StatCounter.BYTES));
    put(entries, "curr_items", of(0, StatCounter.CURR_ITEMS));
    put(entries, "total_items", of(0, StatCounter.TOTAL_ITEMS));
    put(entries, "evictions", of(0, StatCounter.EVICTIONS));
    put(entries, "expired", of(0, StatCounter.EXPIRATIONS));
    put(entries, "reclaimed", of(0, StatCounter.RECLAIMS));
    put(entries, "outofmemory", of(0, StatCounter.OUT_OF_MEMORY));
  }

  private void items(List<Entry> entries) {
    for (int row : rows.tailMap(1).keySet()) {
      String prefix = "items:" + row + ":";
      put(entries, prefix + "number", of(row, StatCounter.CLASS_ITEMS));
      put(entries, prefix + "mem_requested", of(row, StatCounter.CLASS_BYTES));
      put(entries, prefix + "evicted", of(row, StatCounter.CLASS_EVICTIONS));
    }
  }

  private void slabs(List<Entry> entries) {
    for (int row : rows.tailMap(1).keySet()) {
      String prefix = row + ":";
      put(entries, prefix + "chunk_size", of(row, StatCounter.CHUNK_SIZE));
      put(entries, prefix + "used_chunks", of(row, StatCounter.USED_CHUNKS));
      put(entries, prefix + "mem_requested", of(row, StatCounter.CLASS_BYTES));
    }
    put(entries, "active_slabs", rows.tailMap(1).size());
    put(entries, "total_malloced", of(0, StatCounter.BYTES));
  }

  private void sizes(List<Entry> entries) {
    for (int row : rows.tailMap(1).keySet()) {
      put(entries, Integer.toString(row), of(row, StatCounter.SIZE_ITEMS));
    }
  }

  private long of(int row, StatCounter counter) {
    Map<StatCounter, Long> sums = rows.get(row);
    return sums == null ? 0 : sums.getOrDefault(counter, 0L);
  }

  /** The settings of the service that concern one cache. */
  static Statistics settings(Identity identity) {
    return new Statistics(
        List.of(
            new Entry("maxbytes", Long.toString(identity.cache().quota().bytes())),
            new Entry("item_size_max", Integer.toString(ItemLimits.MAX_ITEM_BYTES)),
            new Entry("key_size_max", Integer.toString(ItemLimits.MAX_KEY_BYTES)),
            new Entry("evictions", "on"),
            new Entry("cas_enabled", "yes"),
            new Entry("growth_factor", "1.08"),
            new Entry("detail_enabled", "no")));
  }

  private static void put(List<Entry> entries, String name, long value) {
    entries.add(new Entry(name, Long.toString(value)));
  }
}

package dev.flagstone.datanode.store;

import dev.flagstone.tenancy.Cache;
import dev.flagstone.tenancy.Tenants;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The quota ledgers of all caches of a node. Thread-safe.
 *
 * <p>When the quotas together are more than the node can hold, each is scaled down in proportion,
 * so that a cache always gives up its own items and never another's.
 */
final class NodeQuotas {

  private final Map<Integer, QuotaLedger> ledgers = new ConcurrentHashMap<>();
  private final AtomicLong version = new AtomicLong(Long.MIN_VALUE);
  private final long usableBytes;
  private final int shards;

  /** Makes the ledgers of a node with {@code usableBytes} for items and index. */
  NodeQuotas(long usableBytes, int shards) {
    this.usableBytes = usableBytes;
    this.shards = shards;
  }

  /** Sets all quotas; a table that is older than the last one is passed over. */
  void apply(Tenants tenants) {
    if (version.getAndAccumulate(tenants.version(), Math::max) > tenants.version()) {
      return;
    }
    double scale = Math.min(1, (double) usableBytes / Math.max(1, tenants.quotaBytes()));
    for (Cache cache : tenants.caches().values()) {
      long limit = (long) (cache.quota().bytes() * scale);
      ledgers
          .computeIfAbsent(cache.id().value(), id -> new QuotaLedger(shards, limit))
          .limit(limit);
    }
    ledgers
        .keySet()
        .removeIf(id -> tenants.caches().keySet().stream().noneMatch(c -> c.value() == id));
  }

  boolean has(int cacheId) {
    return ledgers.containsKey(cacheId);
  }

  Set<Integer> cacheIds() {
    return new TreeSet<>(ledgers.keySet());
  }

  QuotaLedger ledger(int cacheId) {
    return Objects.requireNonNull(ledgers.get(cacheId));
  }
}

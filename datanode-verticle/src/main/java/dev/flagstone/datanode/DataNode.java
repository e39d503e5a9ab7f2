package dev.flagstone.datanode;

import dev.flagstone.datanode.shard.Shard;
import dev.flagstone.datanode.shard.ShardCounter;
import dev.flagstone.datanode.store.ItemStore;
import dev.flagstone.datanode.store.MemoryUnavailableException;
import dev.flagstone.datanode.store.NodeMemory;
import dev.flagstone.log.RateLimitedLog;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.slf4j.LoggerFactory;

/**
 * What the shards of one data node share. Each event loop runs a {@link DataNodeVerticle} over one.
 */
public final class DataNode {

  private final DataNodeConfig config;
  private final NodeMemory memory;
  private final RateLimitedLog log;
  private final AtomicInteger nextShard = new AtomicInteger();

  /**
   * Makes a data node and reserves its memory.
   *
   * @throws MemoryUnavailableException if the machine has not that much
   */
  public DataNode(DataNodeConfig config) throws MemoryUnavailableException {
    this.config = config;
    this.memory = NodeMemory.reserve(config.memoryBytes(), config.shards());
    this.log = new RateLimitedLog(LoggerFactory.getLogger(DataNode.class), config.time());
    gauge("flagstone.node.memory.bytes", "bytes of slab memory", NodeMemory::bytes);
    gauge("flagstone.node.memory.free.bytes", "bytes of unused pages", NodeMemory::freeBytes);
  }

  private void gauge(String name, String description, ToLongFunction<NodeMemory> value) {
    Gauge.builder(name, memory, value::applyAsLong)
        .description(description)
        .register(config.meters());
  }

  /** Makes the verticles, one a shard; as many must be deployed as there are shards. */
  public Supplier<DataNodeVerticle> verticles() {
    return () -> new DataNodeVerticle(this, nextShard.getAndIncrement());
  }

  DataNodeConfig config() {
    return config;
  }

  RateLimitedLog log() {
    return log;
  }

  ItemStore newStore(int shard) {
    return memory.store(shard, config.keyHash(), config.time());
  }

  /** Publishes a shard's numbers. */
  void publish(int index, Shard shard, ItemStore store) {
    MeterRegistry meters = config.meters();
    for (ShardCounter counter : ShardCounter.values()) {
      FunctionCounter.builder(counter.metricName(), shard, s -> s.get(counter))
          .description(counter.description())
          .tag("shard", Integer.toString(index))
          .register(meters);
    }
    storeGauge(index, store, "items", "items held", ItemStore::itemCount);
    storeGauge(index, store, "used.bytes", "bytes that items take", ItemStore::usedBytes);
    storeGauge(index, store, "held.bytes", "bytes of the pages taken", ItemStore::heldBytes);
    storeGauge(index, store, "evictions", "items removed by pressure", ItemStore::evictions);
    storeGauge(index, store, "expirations", "items removed by time", ItemStore::expirations);
  }

  private void storeGauge(
      int index, ItemStore store, String name, String what, ToLongFunction<ItemStore> value) {
    Gauge.builder("flagstone.store." + name, store, value::applyAsLong)
        .description(what)
        .tag("shard", Integer.toString(index))
        .register(config.meters());
  }
}

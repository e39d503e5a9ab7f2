package dev.flagstone.datanode;

import dev.flagstone.slot.KeyHash;
import dev.flagstone.slot.NodeId;
import dev.flagstone.tenancy.CacheDirectory;
import dev.flagstone.time.TimeSource;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * All that a data node needs to be told.
 *
 * @param node its name
 * @param shards how many shards it has: one an event loop
 * @param memoryBytes how much memory it reserves for items
 * @param epoch of the slot map that it serves under
 * @param keyHash the cluster's hash
 * @param directory which caches there are, and their quotas
 * @param meters where numbers are published
 * @param time the clocks
 */
public record DataNodeConfig(
    NodeId node,
    int shards,
    long memoryBytes,
    long epoch,
    KeyHash keyHash,
    CacheDirectory directory,
    MeterRegistry meters,
    TimeSource time) {}

package dev.flagstone.proxy.route;

import dev.flagstone.slot.KeyHash;
import dev.flagstone.slot.SlotMap;
import dev.flagstone.time.TimeSource;

/**
 * What all routers of a proxy share.
 *
 * @param keyHash the cluster's hash
 * @param slotMap where slots live
 * @param limits what is allowed towards one shard
 * @param time the clocks
 */
public record RouterContext(
    KeyHash keyHash, SlotMap slotMap, RouteLimits limits, TimeSource time) {}

package dev.flagstone.proxy;

import dev.flagstone.proxy.route.RouteLimits;
import dev.flagstone.proxy.session.SessionLimits;
import dev.flagstone.proxy.socket.ConnectionRules;
import dev.flagstone.proxy.socket.ListenerConfig;
import dev.flagstone.slot.KeyHash;
import dev.flagstone.slot.SlotMap;
import dev.flagstone.tenancy.CacheDirectory;
import dev.flagstone.time.TimeSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/**
 * All that a proxy needs to be told.
 *
 * @param listeners the ports to open
 * @param directory who owns what
 * @param keyHash the cluster's hash
 * @param slotMap where slots live
 * @param routeLimits what is allowed towards one shard
 * @param sessionLimits what one session may take
 * @param connections how many connections are taken, how fast, and for how long
 * @param version Flagstone's own version
 * @param meters where numbers are published
 * @param time the clocks
 */
public record ProxyConfig(
    List<ListenerConfig> listeners,
    CacheDirectory directory,
    KeyHash keyHash,
    SlotMap slotMap,
    RouteLimits routeLimits,
    SessionLimits sessionLimits,
    ConnectionRules connections,
    String version,
    MeterRegistry meters,
    TimeSource time) {

  public ProxyConfig {
    listeners = List.copyOf(listeners);
  }
}

package dev.flagstone.proxy.session;

import dev.flagstone.log.RateLimitedLog;
import dev.flagstone.proxy.auth.Authenticator;
import dev.flagstone.proxy.auth.LoginThrottle;
import dev.flagstone.proxy.metric.LoopMetrics;
import dev.flagstone.proxy.metric.ProxyMetrics;
import dev.flagstone.proxy.route.Router;
import dev.flagstone.time.TimeSource;

/**
 * What the sessions of one event loop share.
 *
 * @param router the way to the shards
 * @param turn when batches and writes go out
 * @param timers what happens later
 * @param authenticator who may log in
 * @param throttle how guessers are slowed
 * @param codecs the protocols that are spoken
 * @param limits what one session may take
 * @param loopMetrics the loop's numbers
 * @param proxyMetrics the numbers of all loops
 * @param time the clocks
 * @param version what {@code stats} tells as the server's version
 * @param log for what is wrong with a session
 */
public record SessionContext(
    Router router,
    Turn turn,
    LoopTimers timers,
    Authenticator authenticator,
    LoginThrottle throttle,
    Codecs codecs,
    SessionLimits limits,
    LoopMetrics loopMetrics,
    ProxyMetrics proxyMetrics,
    TimeSource time,
    String version,
    RateLimitedLog log) {

  /** Tells whether the identity's cache has as many connections as it may. */
  public boolean isFull(Identity identity) {
    return limits.maxCacheConnections() != Integer.MAX_VALUE
        && proxyMetrics.openConnections(identity.cacheId().value()) >= limits.maxCacheConnections();
  }
}

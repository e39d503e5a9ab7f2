package dev.flagstone.launcher.embedded;

import dev.flagstone.proxy.socket.ConnectionRules;

/**
 * Limits of connections, as the site's configuration says.
 *
 * @param rules how many a proxy takes, how fast, and for how long
 * @param loginMillis how long a client may take to log in
 * @param maxPerCache connections of one cache
 */
public record ConnectionPolicy(ConnectionRules rules, long loginMillis, int maxPerCache) {

  private static final int MILLION = 1_000_000;
  private static final int SECONDS_OF_A_DAY = 86_400;

  static ConnectionPolicy of(Settings settings) throws StartException {
    ConnectionRules otherwise = ConnectionRules.DEFAULT;
    ConnectionRules rules =
        new ConnectionRules(
            settings.number("connections.max", otherwise.maxOpen(), 1, MILLION),
            settings.number(
                "connections.accepts-per-second", otherwise.acceptsPerSecond(), 0, MILLION),
            settings.number("connections.accept-burst", otherwise.acceptBurst(), 1, MILLION),
            settings.number("connections.idle-seconds", 0, 0, SECONDS_OF_A_DAY) * 1_000L);
    int perCache = settings.number("connections.max-per-cache", 0, 0, MILLION);
    return new ConnectionPolicy(
        rules,
        settings.number("connections.login-seconds", 5, 1, 60) * 1_000L,
        perCache == 0 ? Integer.MAX_VALUE : perCache);
  }
}

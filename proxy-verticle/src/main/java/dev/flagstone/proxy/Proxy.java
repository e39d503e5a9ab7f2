package dev.flagstone.proxy;

import dev.flagstone.log.RateLimitedLog;
import dev.flagstone.protocol.Protocol;
import dev.flagstone.protocol.binary.BinaryCodec;
import dev.flagstone.protocol.line.LineCodec;
import dev.flagstone.proxy.auth.Authenticator;
import dev.flagstone.proxy.auth.LoginThrottle;
import dev.flagstone.proxy.metric.ProxyMetrics;
import dev.flagstone.proxy.route.RouterContext;
import dev.flagstone.proxy.session.Codecs;
import dev.flagstone.proxy.socket.Listeners;
import dev.flagstone.tenancy.Verifier;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/**
 * What the event loops of one proxy process share. Each loop runs a {@link ProxyVerticle} of its
 * own over it.
 */
public final class Proxy {

  private final ProxyConfig config;
  private final ProxyMetrics metrics;
  private final Authenticator authenticator;
  private final LoginThrottle throttle;
  private final RateLimitedLog log;
  private final Codecs codecs;
  private final Map<Integer, Integer> ports = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();

  /** Makes a proxy; nothing is opened before its verticles are deployed. */
  public Proxy(ProxyConfig config) {
    this.config = config;
    this.metrics = new ProxyMetrics(config.meters());
    byte[] salt = new byte[Verifier.SALT_BYTES];
    random.nextBytes(salt);
    this.authenticator = new Authenticator(config.directory(), salt);
    this.throttle = new LoginThrottle(config.time());
    this.log = new RateLimitedLog(LoggerFactory.getLogger(Proxy.class), config.time());
    this.codecs =
        new Codecs(
            Map.of(
                Protocol.TEXT, new LineCodec(versionText()),
                Protocol.BINARY, new BinaryCodec(versionText())));
  }

  /** Makes the verticles, one an event loop. */
  public Supplier<ProxyVerticle> verticles() {
    return () -> new ProxyVerticle(this);
  }

  /**
   * The port that a listener got, which differs from the chosen one where 0 was chosen.
   *
   * @param listener its place in {@link ProxyConfig#listeners}
   * @throws IllegalStateException before the listeners are open
   */
  public int port(int listener) {
    Integer port = ports.get(listener);
    if (port == null) {
      throw new IllegalStateException("listener " + listener + " is not open");
    }
    return port;
  }

  void opened(Listeners listeners) {
    for (int i = 0; i < config.listeners().size(); i++) {
      ports.put(i, listeners.port(i));
    }
  }

  ProxyConfig config() {
    return config;
  }

  ProxyMetrics metrics() {
    return metrics;
  }

  Authenticator authenticator() {
    return authenticator;
  }

  LoginThrottle throttle() {
    return throttle;
  }

  RateLimitedLog log() {
    return log;
  }

  Codecs codecs() {
    return codecs;
  }

  RouterContext routerContext() {
    return new RouterContext(
        config.keyHash(), config.slotMap(), config.routeLimits(), config.time());
  }

  /** A number for a loop's inbox: random, so that no two in a cluster share one. */
  int newInbox() {
    return random.nextInt();
  }

  /**
   * The version that clients are told: memcached's, because they compare it, and our own behind it.
   */
  String versionText() {
    return "1.6.45 flagstone/" + config.version();
  }
}

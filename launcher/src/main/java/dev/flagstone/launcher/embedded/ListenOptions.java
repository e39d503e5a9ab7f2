package dev.flagstone.launcher.embedded;

import java.util.ArrayList;
import java.util.List;

/**
 * The listeners of the single process. A port is 0..65535; 0 takes any free one, {@link #OFF} opens
 * none.
 *
 * @param memcacheAddress where the authenticated and the TLS listener open
 * @param memcachePort the port of the authenticated one
 * @param boundAddress where the bound listener opens, which asks nobody for a login
 * @param boundPort its port
 * @param metricsPort the port of the metrics page, which is always on loopback
 * @param tlsPort the port of the TLS listener
 */
public record ListenOptions(
    String memcacheAddress,
    int memcachePort,
    String boundAddress,
    int boundPort,
    int metricsPort,
    int tlsPort) {

  /** Loopback, where the metrics page is and every listener is unless told otherwise. */
  public static final String LOOPBACK = "127.0.0.1";

  /** In place of a port: this listener does not open. */
  public static final int OFF = -1;

  /** Options without a TLS listener. */
  public ListenOptions(
      String memcacheAddress,
      int memcachePort,
      String boundAddress,
      int boundPort,
      int metricsPort) {
    this(memcacheAddress, memcachePort, boundAddress, boundPort, metricsPort, OFF);
  }

  /** The listeners that open, each with the option or setting that chooses its port. */
  List<Listener> listeners(ProxiedPolicy proxied) {
    List<Listener> listeners = new ArrayList<>();
    listeners.add(new Listener("--memcache-port", memcacheAddress, memcachePort));
    listeners.add(new Listener("--tls-port", memcacheAddress, tlsPort));
    listeners.add(new Listener("--bound-port", boundAddress, boundPort));
    listeners.add(new Listener("--metrics-port", LOOPBACK, metricsPort));
    listeners.add(new Listener("proxied.port", proxied.address(), proxied.port()));
    listeners.removeIf(listener -> listener.port() == OFF);
    return listeners;
  }

  /** One listener, and the option that chooses its port. */
  record Listener(String option, String address, int port) {}
}

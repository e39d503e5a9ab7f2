package dev.flagstone.launcher.embedded;

import java.util.ArrayList;
import java.util.List;

/**
 * The listeners of the single process. A port is 0..65535; 0 takes any free one.
 *
 * @param memcacheAddress where the authenticated listener opens
 * @param memcachePort its port
 * @param boundAddress where the bound listener opens, which asks nobody for a login
 * @param boundPort its port
 * @param metricsPort the port of the metrics page, which is always on loopback
 */
public record ListenOptions(
    String memcacheAddress, int memcachePort, String boundAddress, int boundPort, int metricsPort) {

  /** Loopback, where the metrics page is and every listener is unless told otherwise. */
  public static final String LOOPBACK = "127.0.0.1";

  /** The listeners, each with the option that chooses its port. */
  List<Listener> listeners() {
    List<Listener> listeners = new ArrayList<>();
    listeners.add(new Listener("--memcache-port", memcacheAddress, memcachePort));
    listeners.add(new Listener("--bound-port", boundAddress, boundPort));
    listeners.add(new Listener("--metrics-port", LOOPBACK, metricsPort));
    return listeners;
  }

  /** One listener, and the option that chooses its port. */
  record Listener(String option, String address, int port) {}
}

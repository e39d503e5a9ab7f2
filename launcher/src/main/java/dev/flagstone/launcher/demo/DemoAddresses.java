package dev.flagstone.launcher.demo;

/**
 * Where a client on this machine reaches the demo cache; an empty text for what is not there.
 *
 * @param memcacheServer the authenticated listener, as {@code host:port}
 * @param boundServer the bound listener, as {@code host:port}
 * @param tlsServer the TLS listener, as {@code host:port}
 * @param ca the file with the development authority's certificate, which clients have to trust
 * @param metricsUrl the page with the process's metrics
 */
public record DemoAddresses(
    String memcacheServer, String boundServer, String tlsServer, String ca, String metricsUrl) {

  /** The addresses of a process without TLS. */
  public DemoAddresses(String memcacheServer, String boundServer, String metricsUrl) {
    this(memcacheServer, boundServer, "", "", metricsUrl);
  }
}

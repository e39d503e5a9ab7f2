package dev.flagstone.launcher.embedded;

import java.nio.file.Path;

/**
 * The rules of a site: what {@code conf/flagstone.properties} says, and defaults for the rest.
 *
 * @param bound the listener without a login
 * @param tls the listener with TLS
 * @param proxied the listener behind a balancer
 * @param connections limits of connections
 */
public record SiteConfig(
    BoundPolicy bound, TlsPolicy tls, ProxiedPolicy proxied, ConnectionPolicy connections) {

  /**
   * Reads the rules.
   *
   * @throws StartException if the file cannot be read, or says something unknown or forbidden
   */
  public static SiteConfig load(Path file) throws StartException {
    return of(Settings.load(file));
  }

  /** The rules of a site without a configuration. */
  public static SiteConfig defaults() {
    try {
      return of(Settings.none());
    } catch (StartException e) {
      throw new IllegalStateException("the defaults are well-formed", e);
    }
  }

  private static SiteConfig of(Settings settings) throws StartException {
    SiteConfig read =
        new SiteConfig(
            BoundPolicy.of(settings),
            TlsPolicy.of(settings),
            ProxiedPolicy.of(settings),
            ConnectionPolicy.of(settings));
    settings.refuseUnknown();
    return read;
  }
}

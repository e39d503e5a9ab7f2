package dev.flagstone.launcher.embedded;

import dev.flagstone.launcher.embedded.TlsPolicy.Identities;

/**
 * The listener behind a balancer that speaks the PROXY protocol, as the site's configuration says.
 *
 * @param port its port; 0 takes any free one, {@link ListenOptions#OFF} opens none
 * @param address where it opens: where the balancer reaches it and nobody else does
 * @param tls whether TLS follows the header
 * @param identities what is an identity on it, if TLS does
 */
public record ProxiedPolicy(int port, String address, boolean tls, Identities identities) {

  private static final int MAX_PORT = 65_535;

  static ProxiedPolicy of(Settings settings) throws StartException {
    return new ProxiedPolicy(
        settings.flag("proxied.enabled", false)
            ? settings.number("proxied.port", 11_220, 0, MAX_PORT)
            : ignored(settings),
        settings.text("proxied.address", ListenOptions.LOOPBACK),
        settings.flag("proxied.tls", false),
        Identities.of(settings, "proxied"));
  }

  private static int ignored(Settings settings) throws StartException {
    int unused = settings.number("proxied.port", 11_220, 0, MAX_PORT); // checked all the same
    assert unused >= 0;
    return ListenOptions.OFF;
  }
}

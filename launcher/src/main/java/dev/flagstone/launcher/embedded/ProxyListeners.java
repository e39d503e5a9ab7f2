package dev.flagstone.launcher.embedded;

import dev.flagstone.launcher.embedded.Roles.OpenPorts;
import dev.flagstone.launcher.embedded.TlsPolicy.Identities;
import dev.flagstone.proxy.Proxy;
import dev.flagstone.proxy.socket.ListenerConfig;
import dev.flagstone.proxy.socket.TlsRules;
import dev.flagstone.proxy.socket.TlsSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The listeners of the process's proxy.
 *
 * @param inOrder all that open
 */
record ProxyListeners(List<ListenerConfig> inOrder) {

  ProxyListeners {
    inOrder = List.copyOf(inOrder);
  }

  static ProxyListeners of(RoleContext context) {
    RunOptions options = context.options();
    ListenOptions listen = options.listen();
    SiteConfig site = options.site();
    List<ListenerConfig> all = new ArrayList<>();
    all.add(ListenerConfig.authenticated(listen.memcacheAddress(), listen.memcachePort()));
    if (listen.boundPort() != ListenOptions.OFF) {
      // The policy of conf/ has been asked already whether it may leave loopback.
      all.add(
          ListenerConfig.bound(listen.boundAddress(), listen.boundPort(), context.demo(), true));
    }
    TlsSource certificates = context.certificates();
    if (listen.tlsPort() != ListenOptions.OFF && certificates != null) {
      TlsRules rules = rules(certificates, site.tls().identities(), site);
      all.add(ListenerConfig.tls(listen.memcacheAddress(), listen.tlsPort(), rules));
    }
    ProxiedPolicy proxied = site.proxied();
    if (proxied.port() != ListenOptions.OFF) {
      TlsRules rules =
          proxied.tls() && certificates != null
              ? rules(certificates, proxied.identities(), site)
              : null;
      all.add(ListenerConfig.proxied(proxied.address(), proxied.port(), rules));
    }
    return new ProxyListeners(all);
  }

  private static TlsRules rules(TlsSource certificates, Identities identities, SiteConfig site) {
    return new TlsRules(
        certificates, site.tls().domain(), identities.token(), identities.certificate());
  }

  /** The ports that they got, once the proxy has started. */
  OpenPorts ports(Proxy proxy) {
    return new OpenPorts(
        port(proxy, "authenticated"),
        port(proxy, "bound"),
        port(proxy, "tls"),
        port(proxy, "proxied"));
  }

  private int port(Proxy proxy, String name) {
    for (int i = 0; i < inOrder.size(); i++) {
      if (inOrder.get(i).name().equals(name)) {
        return proxy.port(i);
      }
    }
    return ListenOptions.OFF;
  }
}

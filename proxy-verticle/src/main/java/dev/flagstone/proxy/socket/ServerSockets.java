package dev.flagstone.proxy.socket;

import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.TrustOptions;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What Vert.x is told of a listener. */
final class ServerSockets {

  /**
   * Connections that the kernel may hold for us while we are busy; it cuts this at its own limit.
   */
  private static final int ACCEPT_BACKLOG = 16_384;

  /** How long a handshake, or the header of the PROXY protocol, may take: as long as a login. */
  private static final int HANDSHAKE_SECONDS = 5;

  private ServerSockets() {}

  static NetServerOptions options(ListenerConfig config, int port) {
    NetServerOptions options =
        new NetServerOptions()
            .setHost(config.host())
            .setPort(port)
            .setTcpNoDelay(true)
            .setAcceptBacklog(ACCEPT_BACKLOG)
            .setUseProxyProtocol(config.proxied())
            .setProxyProtocolTimeout(HANDSHAKE_SECONDS)
            .setProxyProtocolTimeoutUnit(TimeUnit.SECONDS);
    TlsRules tls = config.tls();
    if (tls != null) {
      TlsMaterial material = tls.source().current();
      options
          .setSsl(true)
          // Signing takes longer than serving a batch: it is done beside the loops that serve.
          .setSslEngineOptions(new JdkSSLEngineOptions().setUseWorkerThread(true))
          .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
          .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS);
      options.setKeyCertOptions(KeyCertOptions.wrap(material.keys())); // makes the rest settable
      apply(tls, material, options.getSslOptions());
    }
    return options;
  }

  /** The options for these certificates, for a listener that is open. */
  static ServerSSLOptions sslOptions(TlsRules rules, TlsMaterial material) {
    ServerSSLOptions options = new ServerSSLOptions();
    apply(rules, material, options);
    return options;
  }

  /**
   * Applies rules and certificates. Vert.x' own choice by server name stays off: it keeps a context
   * for each name that was ever asked for, and with a wildcard anybody may ask for as many as they
   * like. {@link TlsMaterial#keys} chooses instead.
   */
  private static void apply(TlsRules rules, TlsMaterial material, ServerSSLOptions options) {
    options.setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"));
    options.setKeyCertOptions(KeyCertOptions.wrap(material.keys()));
    if (rules.certificates() && material.clients() != null) {
      options.setClientAuth(ClientAuth.REQUEST);
      options.setTrustOptions(TrustOptions.wrap(material.clients()));
    }
  }
}

package dev.flagstone.proxy.socket;

/**
 * The rules of a TLS listener.
 *
 * @param source its certificates
 * @param domain server names are {@code <token>.<domain>}
 * @param tokens whether a server name with a cache's token is an identity
 * @param certificates whether a client's certificate with a credential's username is an identity
 */
public record TlsRules(TlsSource source, String domain, boolean tokens, boolean certificates) {}

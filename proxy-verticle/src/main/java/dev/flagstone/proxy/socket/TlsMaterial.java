package dev.flagstone.proxy.socket;

import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * What TLS listeners show to clients and ask of them, at one instant.
 *
 * @param keys the certificates, chosen by the server name that a client asks for
 * @param clients whom client certificates are trusted from, or null if none are asked for
 */
public record TlsMaterial(X509ExtendedKeyManager keys, @Nullable X509TrustManager clients) {}

package dev.flagstone.launcher.tls;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of a server, of which it shows the one whose name a client asks for, and the
 * first one otherwise. It keeps nothing of what clients ask for.
 */
final class ServerKeys extends X509ExtendedKeyManager {

  private static final int SAN_DNS = 2;

  /** One certificate with what comes above it, its key, and the names that it is for. */
  @SuppressWarnings("ArrayRecordComponent") // what the platform asks for
  private record Entry(X509Certificate[] chain, PrivateKey key, List<String> names) {

    boolean isFor(String name) {
      int dot = name.indexOf('.');
      return names.contains(name) || (dot > 0 && names.contains("*" + name.substring(dot)));
    }

    boolean has(String keyType) {
      String type = keyType.startsWith("EC") ? "EC" : keyType;
      return chain[0].getPublicKey().getAlgorithm().equals(type);
    }
  }

  private final List<Entry> entries = new ArrayList<>();

  /**
   * Adds a certificate.
   *
   * @throws TlsException if the key is another's
   */
  void add(List<X509Certificate> chain, PrivateKey key, String what) throws TlsException {
    X509Certificate own = chain.get(0);
    try {
      own.checkValidity();
      if (!KeyMatch.fits(own.getPublicKey(), key)) {
        throw new TlsException(
            "the certificate and the key of " + what + " do not belong together");
      }
      entries.add(new Entry(chain.toArray(X509Certificate[]::new), key, names(own)));
    } catch (GeneralSecurityException e) {
      throw new TlsException(
          "the certificate of " + what + " cannot be used: " + e.getMessage(), e);
    }
  }

  /** When the first of the certificates expires, in seconds since 1970. */
  long firstExpirySeconds() {
    return entries.stream()
        .mapToLong(entry -> entry.chain()[0].getNotAfter().toInstant().getEpochSecond())
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private static List<String> names(X509Certificate certificate)
      throws CertificateParsingException {
    List<String> found = new ArrayList<>();
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    for (List<?> name : names == null ? List.<List<?>>of() : names) {
      if (name.get(0).equals(SAN_DNS)) {
        found.add(String.valueOf(name.get(1)).toLowerCase(Locale.ROOT));
      }
    }
    return found;
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    String name = serverName(engine.getHandshakeSession());
    int fallback = -1;
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry.has(keyType)) {
        if (name != null && entry.isFor(name)) {
          return Integer.toString(i);
        }
        fallback = fallback < 0 ? i : fallback;
      }
    }
    return fallback < 0 ? null : Integer.toString(fallback);
  }

  private static @Nullable String serverName(@Nullable SSLSession handshake) {
    if (handshake instanceof ExtendedSSLSession session) {
      for (SNIServerName name : session.getRequestedServerNames()) {
        if (name instanceof SNIHostName host) {
          return host.getAsciiName().toLowerCase(Locale.ROOT);
        }
      }
    }
    return null;
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return entries.get(Integer.parseInt(alias)).chain().clone();
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return entries.get(Integer.parseInt(alias)).key();
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, Socket socket) {
    return null;
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
    return null;
  }
}

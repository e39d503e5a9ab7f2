package dev.flagstone.proxy.socket;

import dev.flagstone.proxy.session.Identity;
import dev.flagstone.tenancy.Tenants;
import dev.flagstone.tenancy.TokenHash;
import java.security.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** The identity that a TLS handshake has brought along, by the rules of its listener. */
final class TlsIdentity {

  private TlsIdentity() {}

  /**
   * The identity, if there is one: the certificate's before the server name's, because it has
   * proved more. Without one the session logs in.
   */
  static Optional<Identity> of(SSLSession handshake, TlsRules rules, Tenants tenants) {
    Optional<Identity> identity =
        rules.certificates()
            ? username(handshake).flatMap(username -> Identity.ofCertificate(username, tenants))
            : Optional.empty();
    if (identity.isEmpty() && rules.tokens()) {
      return token(handshake, rules.domain()).flatMap(hash -> Identity.ofToken(hash, tenants));
    }
    return identity;
  }

  /** The token in the server name {@code <token>.<domain>} that the client asked for. */
  private static Optional<TokenHash> token(SSLSession handshake, String domain) {
    if (!(handshake instanceof ExtendedSSLSession session)) {
      return Optional.empty();
    }
    List<SNIServerName> names = session.getRequestedServerNames();
    return names.stream()
        .filter(SNIHostName.class::isInstance)
        .map(name -> ((SNIHostName) name).getAsciiName().toLowerCase(Locale.ROOT))
        .filter(name -> name.length() == TokenHash.TOKEN_LENGTH + 1 + domain.length())
        .filter(name -> name.endsWith("." + domain))
        .findFirst()
        .flatMap(name -> TokenHash.of(name.substring(0, TokenHash.TOKEN_LENGTH)));
  }

  /** The only common name in the subject of the client's certificate. */
  private static Optional<String> username(SSLSession handshake) {
    try {
      Principal subject = handshake.getPeerPrincipal();
      List<String> names =
          new LdapName(subject.getName())
              .getRdns().stream()
                  .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                  .map(Rdn::getValue)
                  .filter(String.class::isInstance)
                  .map(String.class::cast)
                  .toList();
      return names.size() == 1 ? Optional.of(names.get(0)) : Optional.empty();
    } catch (SSLPeerUnverifiedException | InvalidNameException e) {
      return Optional.empty(); // it showed no certificate, or one without a proper name
    }
  }
}

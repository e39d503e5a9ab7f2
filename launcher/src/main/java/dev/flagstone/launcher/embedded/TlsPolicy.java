package dev.flagstone.launcher.embedded;

import dev.flagstone.launcher.tls.DevelopmentCa;
import dev.flagstone.launcher.tls.DevelopmentCa.Pair;
import dev.flagstone.launcher.tls.TlsException;
import dev.flagstone.launcher.tls.TlsPaths;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The TLS listener, as the site's configuration says.
 *
 * @param enabled whether it opens at all
 * @param servers the site's own certificates and keys; none for those of the development authority
 * @param clientCa whose certificates clients may show; null for the development authority's, if the
 *     server's certificate is its too, and otherwise for nobody's
 * @param domain server names with a token are {@code <token>.<domain>}
 * @param identities what is an identity on the TLS listener
 */
public record TlsPolicy(
    boolean enabled,
    List<Pair> servers,
    @Nullable Path clientCa,
    String domain,
    Identities identities) {

  /** What a client may bring along instead of a login. */
  public record Identities(boolean token, boolean certificate) {

    static Identities of(Settings settings, String listener) throws StartException {
      return new Identities(
          settings.flag(listener + ".identity.token", true),
          settings.flag(listener + ".identity.certificate", true));
    }
  }

  /** The domain of server names unless the site says otherwise; it exists nowhere. */
  public static final String DEFAULT_DOMAIN = "flagstone.test";

  private static final Pattern DOMAIN =
      Pattern.compile(
          "(?=.{1,200}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
              + "(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

  public TlsPolicy {
    servers = List.copyOf(servers);
  }

  static TlsPolicy of(Settings settings) throws StartException {
    List<Path> certificates = settings.paths("tls.certificate");
    List<Path> keys = settings.paths("tls.key");
    if (certificates.size() != keys.size()) {
      throw new StartException(
          settings.file() + ": tls.certificate and tls.key name as many files each");
    }
    List<Pair> servers = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      servers.add(new Pair(certificates.get(i), keys.get(i)));
    }
    List<Path> clientCas = settings.paths("tls.client-ca");
    if (clientCas.size() > 1) {
      throw new StartException(settings.file() + ": tls.client-ca names one file");
    }
    return new TlsPolicy(
        settings.flag("tls.enabled", true),
        servers,
        clientCas.isEmpty() ? null : clientCas.get(0),
        domain(settings),
        Identities.of(settings, "tls"));
  }

  private static String domain(Settings settings) throws StartException {
    String domain = settings.text("tls.domain", DEFAULT_DOMAIN).toLowerCase(Locale.ROOT);
    if (!DOMAIN.matcher(domain).matches()) {
      throw new StartException(settings.file() + ": tls.domain is no domain: " + domain);
    }
    return domain;
  }

  /** Whether the server shows a certificate of the development authority. */
  public boolean isDevelopment() {
    return servers.isEmpty();
  }

  /** The files with the certificates; the development authority's are made if they are missing. */
  TlsPaths paths(DevelopmentCa development, Instant now) throws TlsException {
    if (!isDevelopment()) {
      return new TlsPaths(servers, clientCa);
    }
    Pair made = development.server(domain, now);
    return new TlsPaths(List.of(made), clientCa == null ? development.certificate() : clientCa);
  }
}

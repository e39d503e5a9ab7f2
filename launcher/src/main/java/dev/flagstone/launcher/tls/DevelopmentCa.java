package dev.flagstone.launcher.tls;

import dev.flagstone.launcher.files.FileMutex;
import dev.flagstone.launcher.files.IoReason;
import dev.flagstone.launcher.files.PrivateFiles;
import dev.flagstone.launcher.tls.CertificateAuthority.Issued;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The authority of a data directory whose owner has brought no certificates: made at the first
 * start, in {@code DIR/tls}, with keys that only their owner can read.
 *
 * <pre>
 * ca.pem ca.key          the authority
 * server.pem server.key  localhost, 127.0.0.1, ::1, the domain and every name in it
 * clients/NAME.pem .key  what {@code flagstone certs client} issued
 * </pre>
 */
public final class DevelopmentCa {

  /** A server's certificate with less left than this is replaced at the next start. */
  private static final Duration RENEWAL = Duration.ofDays(90);

  private static final long LOCK_TIMEOUT_MILLIS = 10_000;
  private static final int SAN_DNS = 2;
  private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_@+-][A-Za-z0-9_.@+-]{0,99}");

  private final Path directory;
  private final SecureRandom random;

  /** Makes the authority of a data directory; nothing is written yet. */
  public DevelopmentCa(Path data, SecureRandom random) {
    this.directory = data.resolve("tls");
    this.random = random;
  }

  /** Where the authority's certificate is. */
  public Path certificate() {
    return directory.resolve("ca.pem");
  }

  private Path key() {
    return directory.resolve("ca.key");
  }

  /** A certificate and its key, in files. */
  public record Pair(Path certificate, Path key) {}

  /**
   * The server's certificate for a domain; made, or made anew, if there is none that suits.
   *
   * @throws TlsException if the files cannot be read or written
   */
  public Pair server(String domain, Instant now) throws TlsException {
    Pair pair = new Pair(directory.resolve("server.pem"), directory.resolve("server.key"));
    List<String> hosts = List.of("localhost", domain, "*." + domain);
    return locked(
        () -> {
          CertificateAuthority authority = authority(now);
          if (!suits(pair, authority, hosts, now)) {
            write(
                pair,
                authority.issueServer(hosts, List.of("127.0.0.1", "::1"), now, random),
                authority);
          }
          return pair;
        });
  }

  /**
   * Issues a certificate for a client that acts as a credential.
   *
   * @throws TlsException if the files cannot be read or written
   */
  public Pair client(String username, Instant now) throws TlsException {
    if (!FILE_NAME.matcher(username).matches()) {
      throw new TlsException("the username " + username + " cannot be the name of a file");
    }
    Path clients = directory.resolve("clients");
    Pair pair = new Pair(clients.resolve(username + ".pem"), clients.resolve(username + ".key"));
    return locked(
        () -> {
          PrivateFiles.createDirectory(clients);
          CertificateAuthority authority = authority(now);
          write(pair, authority.issueClient(username, now, random), authority);
          return pair;
        });
  }

  private interface Work {
    Pair run() throws IOException, TlsException;
  }

  private Pair locked(Work work) throws TlsException {
    try {
      PrivateFiles.createDirectory(directory);
      Path lock = directory.resolve("tls.lock");
      FileMutex mutex =
          FileMutex.acquire(lock, LOCK_TIMEOUT_MILLIS)
              .orElseThrow(() -> new TlsException(lock + " is held by another process"));
      try {
        return work.run();
      } finally {
        mutex.close();
      }
    } catch (IOException e) {
      throw new TlsException("cannot write to " + directory + ": " + IoReason.of(e), e);
    }
  }

  private CertificateAuthority authority(Instant now) throws IOException, TlsException {
    if (Files.exists(key()) && Files.exists(certificate())) {
      return new CertificateAuthority(
          PemFiles.certificates(certificate()).get(0), PemFiles.privateKey(key()));
    }
    CertificateAuthority made =
        CertificateAuthority.create("Flagstone development CA", now, random);
    PrivateFiles.createDirectory(directory);
    PrivateFiles.replace(key(), PemFiles.encode(made.key()));
    PrivateFiles.replace(certificate(), PemFiles.encode(List.of(made.certificate())));
    return made;
  }

  private static void write(Pair pair, Issued issued, CertificateAuthority authority)
      throws IOException {
    PrivateFiles.replace(pair.key(), PemFiles.encode(issued.key()));
    PrivateFiles.replace(
        pair.certificate(),
        PemFiles.encode(List.of(issued.certificate(), authority.certificate())));
  }

  private static boolean suits(
      Pair pair, CertificateAuthority authority, List<String> hosts, Instant now) {
    try {
      X509Certificate certificate = PemFiles.certificates(pair.certificate()).get(0);
      certificate.verify(authority.certificate().getPublicKey());
      return KeyMatch.fits(certificate.getPublicKey(), PemFiles.privateKey(pair.key()))
          && certificate.getNotAfter().toInstant().isAfter(now.plus(RENEWAL))
          && dnsNames(certificate).containsAll(hosts);
    } catch (TlsException | GeneralSecurityException e) {
      return false;
    }
  }

  private static Set<String> dnsNames(X509Certificate certificate) throws CertificateException {
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    Set<String> found = new HashSet<>();
    for (List<?> name : names == null ? List.<List<?>>of() : names) {
      if (name.get(0).equals(SAN_DNS)) {
        found.add(String.valueOf(name.get(1)));
      }
    }
    return found;
  }
}

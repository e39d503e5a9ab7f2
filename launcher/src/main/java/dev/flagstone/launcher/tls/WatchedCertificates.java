package dev.flagstone.launcher.tls;

import dev.flagstone.launcher.files.IoReason;
import dev.flagstone.launcher.tls.DevelopmentCa.Pair;
import dev.flagstone.log.RateLimitedLog;
import dev.flagstone.proxy.socket.TlsMaterial;
import dev.flagstone.proxy.socket.TlsSource;
import dev.flagstone.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates of a server as its files have them, looked at once a second.
 *
 * <p>New files count when they belong together: a certificate whose key has not been written yet
 * changes nothing, and what was good before is shown until it has.
 */
public final class WatchedCertificates implements TlsSource, AutoCloseable {

  /** How often the files are looked at. */
  private static final long POLL_MILLIS = 1_000;

  private static final Logger LOGGER = LoggerFactory.getLogger(WatchedCertificates.class);

  private record Loaded(TlsMaterial material, long expirySeconds) {}

  private record Fingerprint(@Nullable FileTime modified, long bytes, @Nullable Object fileKey) {}

  private final TlsPaths paths;
  private final RateLimitedLog faults;
  private final List<Consumer<TlsMaterial>> listeners = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService poller;
  private volatile Loaded loaded;
  private List<Fingerprint> seen; // of the poller's thread, after the constructor

  /**
   * Reads the files and starts to watch them.
   *
   * @throws TlsException if they cannot be used: a server does not start with half its listeners
   */
  public WatchedCertificates(TlsPaths paths, TimeSource time) throws TlsException {
    this.paths = paths;
    this.faults = new RateLimitedLog(LOGGER, time);
    this.seen = fingerprints(); // before reading: what comes between is seen again
    this.loaded = load();
    this.poller = Executors.newSingleThreadScheduledExecutor(WatchedCertificates::daemon);
    ScheduledFuture<?> polling =
        poller.scheduleWithFixedDelay(this::poll, POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
    assert !polling.isCancelled();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "flagstone-certificates");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public TlsMaterial current() {
    return loaded.material();
  }

  /** When the first of the server's certificates expires, in seconds since 1970. */
  public long expirySeconds() {
    return loaded.expirySeconds();
  }

  @Override
  public Runnable subscribe(Consumer<TlsMaterial> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Never throws: a scheduled task that does is not run again. */
  private void poll() {
    try {
      List<Fingerprint> now = fingerprints();
      if (!now.equals(seen)) {
        seen = now;
        loaded = load();
        LOGGER.info("The certificates have changed; new connections see the new ones");
        listeners.forEach(listener -> listener.accept(loaded.material()));
      }
    } catch (TlsException e) {
      faults.warn(e.getMessage() + "; the certificates stay as they were");
    } catch (RuntimeException e) {
      faults.warn("looking at the certificates failed: " + e);
    }
  }

  private List<Fingerprint> fingerprints() {
    List<Fingerprint> found = new ArrayList<>();
    for (Path file : paths.all()) {
      found.add(fingerprint(file));
    }
    return found;
  }

  private static Fingerprint fingerprint(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Fingerprint(
          attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    } catch (IOException e) {
      return new Fingerprint(null, 0, IoReason.of(e));
    }
  }

  private Loaded load() throws TlsException {
    ServerKeys keys = new ServerKeys();
    for (Pair server : paths.servers()) {
      keys.add(
          PemFiles.certificates(server.certificate()),
          PemFiles.privateKey(server.key()),
          server.certificate().toString());
    }
    Path clientCa = paths.clientCa();
    X509TrustManager clients = clientCa == null ? null : trust(PemFiles.certificates(clientCa));
    return new Loaded(new TlsMaterial(keys, clients), keys.firstExpirySeconds());
  }

  private static X509TrustManager trust(List<X509Certificate> authorities) throws TlsException {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (int i = 0; i < authorities.size(); i++) {
        store.setCertificateEntry(Integer.toString(i), authorities.get(i));
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509TrustManager x509) {
          return x509;
        }
      }
      throw new TlsException("this Java platform trusts no certificates");
    } catch (GeneralSecurityException | IOException e) {
      throw new TlsException("the authority of client certificates cannot be used", e);
    }
  }

  /** Stops watching. */
  @Override
  public void close() {
    poller.shutdownNow();
  }
}

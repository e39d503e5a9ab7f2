package dev.flagstone.launcher.embedded;

import dev.flagstone.launcher.demo.DemoAddresses;
import dev.flagstone.launcher.demo.DemoCache;
import dev.flagstone.launcher.demo.DemoEnv;
import dev.flagstone.launcher.demo.DemoLogin;
import dev.flagstone.launcher.embedded.Roles.OpenPorts;
import dev.flagstone.launcher.files.FileMutex;
import dev.flagstone.launcher.files.IoReason;
import dev.flagstone.launcher.files.PrivateFiles;
import dev.flagstone.launcher.registry.FileRegistry;
import dev.flagstone.launcher.registry.RegistryEditor;
import dev.flagstone.launcher.registry.RegistryException;
import dev.flagstone.launcher.tls.DevelopmentCa;
import dev.flagstone.launcher.tls.TlsException;
import dev.flagstone.launcher.tls.TlsPaths;
import dev.flagstone.launcher.tls.WatchedCertificates;
import dev.flagstone.slot.KeyHash;
import dev.flagstone.tenancy.Quota;
import dev.flagstone.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The single process: everything that serves memcache, in one JVM.
 *
 * <p>It starts in an order in which each part finds what it needs, and stops in the reverse one:
 * the data directory's lock, the registry with the demo cache, Vert.x, the metrics page, the roles.
 * A start that fails half-way stops what it had started.
 */
public final class Embedded implements AutoCloseable {

  /** How long a stop may take, all parts together. */
  static final long STOP_TIMEOUT_MILLIS = 4_500;

  private static final Logger LOGGER = LoggerFactory.getLogger(Embedded.class);
  private static final long START_TIMEOUT_MILLIS = 60_000;
  private static final String LOCK_FILE = "server.lock";

  private final RunOptions options;
  private final Wiring wiring;
  private final TimeSource time;
  private final SecureRandom random = new SecureRandom();
  private final Deque<Part> started = new ArrayDeque<>();

  /** Something to stop. */
  private record Part(String name, Stop stop) {

    interface Stop {
      Future<?> run() throws Exception;
    }
  }

  private Embedded(RunOptions options, Wiring wiring, TimeSource time) {
    this.options = options;
    this.wiring = wiring;
    this.time = time;
  }

  /** A process that serves, and where it does. */
  public record Running(
      Embedded process, DemoEnv env, DemoAddresses addresses, boolean nativeTransport)
      implements AutoCloseable {

    @Override
    public void close() {
      process.close();
    }
  }

  /**
   * Starts the process; returns when it serves and {@code demo.env} is written.
   *
   * @throws StartException if it cannot, with a line for the operator
   * @throws RegistryException if the registry cannot be read or written
   */
  public static Running start(RunOptions options, Wiring wiring, TimeSource time)
      throws StartException {
    Embedded process = new Embedded(options, wiring, time);
    boolean serves = false;
    try {
      Running running = process.start();
      serves = true;
      return running;
    } finally {
      if (!serves) {
        process.close();
      }
    }
  }

  private Running start() throws StartException {
    lockData();
    PortCheck.check(options.listen(), options.site().proxied());
    wiring.check(options);
    DemoEnv env = new DemoEnv(options.data());
    DemoLogin login =
        new DemoCache(new RegistryEditor(options.data(), random), env)
            .provide(new Quota(options.memory().bytes()));
    FileRegistry registry = new FileRegistry(options.data(), time);
    onStop("registry", registry);
    warnOfOvercommitment(registry);
    Vertx vertx = vertx();
    onStop("event loops", vertx::close);
    MetricsPage metrics = new MetricsPage();
    onStop("metrics", metrics);
    int metricsPort = await("metrics page", metrics.open(vertx, options.listen().metricsPort()));
    WatchedCertificates certificates = certificates();
    if (certificates != null) {
      metrics.expiry(certificates::expirySeconds);
    }
    KeyHash keyHash = new KeyHash(random.nextLong(), random.nextLong());
    OpenPorts ports =
        startRoles(
            wiring.roles(
                new RoleContext(
                    vertx,
                    metrics.meters(),
                    registry,
                    login.cache(),
                    keyHash,
                    options,
                    certificates)));
    DemoAddresses addresses = addresses(ports, metricsPort);
    env.write(login, addresses);
    return new Running(this, env, addresses, vertx.isNativeTransportEnabled());
  }

  /** The certificates of the listeners that need some, or null if none does. */
  private @Nullable WatchedCertificates certificates() throws StartException {
    SiteConfig site = options.site();
    boolean proxied = site.proxied().port() != ListenOptions.OFF && site.proxied().tls();
    if (options.listen().tlsPort() == ListenOptions.OFF && !proxied) {
      return null;
    }
    try {
      TlsPaths paths =
          site.tls()
              .paths(
                  new DevelopmentCa(options.data(), random),
                  Instant.ofEpochMilli(time.unixMillis()));
      WatchedCertificates certificates = new WatchedCertificates(paths, time);
      onStop("certificates", certificates);
      return certificates;
    } catch (TlsException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  private void lockData() throws StartException {
    Path lock = options.data().resolve(LOCK_FILE);
    try {
      PrivateFiles.createDirectory(options.data());
      FileMutex mutex =
          FileMutex.tryAcquire(lock)
              .orElseThrow(
                  () ->
                      new StartException(
                          "another server runs on "
                              + options.data()
                              + "; choose another with --data"));
      onStop("data directory", mutex);
    } catch (IOException e) {
      throw new StartException("cannot use " + options.data() + ": " + IoReason.of(e), e);
    }
  }

  private void warnOfOvercommitment(FileRegistry registry) {
    long promised = registry.tenants().quotaBytes();
    if (promised > options.memory().bytes()) {
      LOGGER.warn(
          "The quotas of all caches are {} bytes together, more than the {} of --memory",
          promised,
          options.memory().bytes());
    }
  }

  private Vertx vertx() {
    VertxOptions vertxOptions =
        new VertxOptions()
            .setEventLoopPoolSize(options.loops())
            .setWorkerPoolSize(2)
            .setInternalBlockingPoolSize(2)
            .setPreferNativeTransport(true)
            // A loop that stands still for less is a pause of the machine more often than a fault.
            .setMaxEventLoopExecuteTime(5)
            .setMaxEventLoopExecuteTimeUnit(TimeUnit.SECONDS)
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setClassPathResolvingEnabled(false)
                    .setFileCachingEnabled(false));
    return Vertx.vertx(vertxOptions);
  }

  private OpenPorts startRoles(Roles roles) throws StartException {
    for (Role role : roles.inOrder()) {
      onStop(role.name(), role::stop);
      await(role.name(), role.start());
    }
    return roles.ports().get();
  }

  private DemoAddresses addresses(OpenPorts ports, int metricsPort) {
    ListenOptions listen = options.listen();
    Path ca =
        options.site().tls().isDevelopment()
            ? new DevelopmentCa(options.data(), random).certificate().toAbsolutePath()
            : null;
    return new DemoAddresses(
        server(listen.memcacheAddress(), ports.memcache()),
        ports.bound() == ListenOptions.OFF ? "" : server(listen.boundAddress(), ports.bound()),
        ports.tls() == ListenOptions.OFF ? "" : server(listen.memcacheAddress(), ports.tls()),
        ports.tls() == ListenOptions.OFF || ca == null ? "" : ca.toString(),
        "http://" + ListenOptions.LOOPBACK + ":" + metricsPort + "/metrics");
  }

  private static String server(String address, int port) {
    return reachable(address) + ":" + port;
  }

  /** The address at which a client on this machine reaches a listener. */
  private static String reachable(String address) {
    return switch (address) {
      case "0.0.0.0", "::" -> ListenOptions.LOOPBACK;
      default -> address.contains(":") ? "[" + address + "]" : address;
    };
  }

  private static <T> T await(String name, Future<T> future) throws StartException {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(START_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new StartException("the " + name + " cannot start: " + reason(e), e);
    } catch (TimeoutException e) {
      throw new StartException(
          "the " + name + " did not start in " + START_TIMEOUT_MILLIS / 1000 + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("interrupted", e);
    }
  }

  private static String reason(ExecutionException failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    if (cause instanceof OutOfMemoryError) {
      return "the memory of --memory cannot be reserved";
    }
    if (cause instanceof BindException) {
      return "its port was taken just now";
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private void onStop(String name, AutoCloseable part) {
    onStop(
        name,
        () -> {
          part.close();
          return Future.succeededFuture();
        });
  }

  private void onStop(String name, Part.Stop stop) {
    started.push(new Part(name, stop));
  }

  /** Stops every part, the last started first, in {@link #STOP_TIMEOUT_MILLIS} all together. */
  @Override
  public void close() {
    long deadlineNanos = System.nanoTime() + STOP_TIMEOUT_MILLIS * 1_000_000;
    while (!started.isEmpty()) {
      Part part = started.pop();
      long leftNanos = Math.max(1, deadlineNanos - System.nanoTime());
      try {
        Future<?> stopped = part.stop().run();
        stopped.toCompletionStage().toCompletableFuture().get(leftNanos, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        LOGGER.warn("Interrupted while the {} stopped", part.name());
      } catch (Exception e) {
        LOGGER.warn("The {} did not stop cleanly: {}", part.name(), e.toString());
      }
    }
  }
}

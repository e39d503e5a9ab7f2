package dev.flagstone.launcher.registry;

import dev.flagstone.launcher.files.IoReason;
import dev.flagstone.launcher.registry.RegistryStore.Fingerprint;
import dev.flagstone.tenancy.CacheDirectory;
import dev.flagstone.tenancy.Tenants;
import dev.flagstone.time.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The caches and credentials of a data directory as a running server sees them: the registry file,
 * looked at ten times a second.
 *
 * <p>A file that cannot be read or understood, that has vanished or that is older than the table at
 * hand (a restored backup) changes nothing: the last good table stays, and a rate-limited line says
 * so. Polling is used because it also works on network file systems and costs one {@code stat}.
 */
public final class FileRegistry implements CacheDirectory, AutoCloseable {

  /** How often the file is looked at. */
  static final long POLL_MILLIS = 100;

  private static final Logger LOGGER = LoggerFactory.getLogger(FileRegistry.class);

  private final RegistryStore store;
  private final FaultLog faults;
  private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService poller;
  private volatile Tenants tenants;
  private RegistryTable table; // guarded by this
  private @Nullable Fingerprint seen; // guarded by this

  /** One call of {@link #subscribe}, so that a listener may subscribe twice. */
  private record Subscription(Consumer<Tenants> listener, Object identity) {}

  /**
   * Reads the registry of the directory and starts to watch it.
   *
   * @throws RegistryException if it cannot be read: a server does not start with half its caches
   */
  public FileRegistry(Path directory, TimeSource time) {
    this.store = new RegistryStore(directory);
    this.faults = new FaultLog(LOGGER, time);
    this.table = store.read();
    this.tenants = table.tenants();
    this.poller = Executors.newSingleThreadScheduledExecutor(FileRegistry::daemon);
    ScheduledFuture<?> polling =
        poller.scheduleWithFixedDelay(this::poll, 0, POLL_MILLIS, TimeUnit.MILLISECONDS);
    assert !polling.isCancelled();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "flagstone-registry");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public Tenants tenants() {
    return tenants;
  }

  @Override
  public Runnable subscribe(Consumer<Tenants> listener) {
    Subscription subscription = new Subscription(listener, new Object());
    subscriptions.add(subscription);
    return () -> subscriptions.remove(subscription);
  }

  /** Looks at the file now: for a change that this process made itself. */
  public synchronized void refresh() {
    try {
      Fingerprint current = store.fingerprint(); // before reading: what comes between is seen again
      if (current.equals(seen)) {
        return;
      }
      accept(store.read());
      seen = current;
    } catch (IOException e) {
      refuse("cannot read " + store.file() + ": " + IoReason.of(e));
    } catch (RegistryException e) {
      refuse(e.getMessage());
    }
  }

  private synchronized void accept(RegistryTable next) {
    if (next.version() > table.version()) {
      Tenants newer = next.tenants();
      table = next;
      tenants = newer;
      subscriptions.forEach(subscription -> tell(subscription, newer));
    } else if (!next.equals(table)) {
      throw new RegistryException(
          store.file() + " has version " + next.version() + ", not above " + table.version());
    }
  }

  /** Keeps the last good table; the file is read again at the next look, changed or not. */
  private synchronized void refuse(@Nullable String why) {
    seen = null;
    faults.warn(why + "; the caches stay as they were");
  }

  private static void tell(Subscription subscription, Tenants newer) {
    try {
      subscription.listener().accept(newer);
    } catch (RuntimeException e) {
      LOGGER.error("A listener failed on version {} of the registry", newer.version(), e);
    }
  }

  /** Never throws: a scheduled task that does is not run again. */
  private void poll() {
    try {
      refresh();
    } catch (RuntimeException e) {
      faults.warn("looking at the registry failed: " + e);
    }
  }

  /** Stops watching; the last table stays readable. */
  @Override
  public void close() {
    poller.shutdownNow();
  }
}

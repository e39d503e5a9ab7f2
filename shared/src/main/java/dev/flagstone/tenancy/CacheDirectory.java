package dev.flagstone.tenancy;

import java.util.function.Consumer;

/**
 * Where a cluster learns of its caches and credentials. The control plane stands behind it; whoever
 * asks sees an immutable table and is told of each newer one.
 */
public interface CacheDirectory {

  /** The newest table. Never blocks. */
  Tenants tenants();

  /**
   * Calls the listener with each newer table, from an arbitrary thread, in order.
   *
   * @return ends the subscription when run
   */
  Runnable subscribe(Consumer<Tenants> listener);
}

package dev.flagstone.proxy.socket;

import java.util.function.Consumer;

/** Where TLS listeners get their certificates, and learn that there are others. */
public interface TlsSource {

  /** The newest certificates. Never blocks. */
  TlsMaterial current();

  /**
   * Calls the listener whenever there are others, from an arbitrary thread.
   *
   * @return ends the subscription when run
   */
  Runnable subscribe(Consumer<TlsMaterial> listener);
}

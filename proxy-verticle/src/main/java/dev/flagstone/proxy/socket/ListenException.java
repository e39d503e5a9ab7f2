package dev.flagstone.proxy.socket;

/** A port could not be opened. */
public final class ListenException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ListenerConfig listener;

  ListenException(ListenerConfig listener, Throwable cause) {
    super(
        "cannot listen on "
            + listener.host()
            + " port "
            + listener.port()
            + ": "
            + cause.getMessage(),
        cause);
    this.listener = listener;
  }

  /** The listener that could not be opened. */
  public ListenerConfig listener() {
    return listener;
  }
}

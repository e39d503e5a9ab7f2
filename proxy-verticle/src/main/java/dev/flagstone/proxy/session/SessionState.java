package dev.flagstone.proxy.session;

/** Where a session stands. It only ever moves downwards in this list. */
public enum SessionState {
  /** Nothing has been received; the protocol is unknown. */
  DETECTING,
  /** The protocol is known; nobody has logged in. */
  UNAUTHENTICATED,
  /** Commands are carried out. */
  READY,
  /** No more commands are taken; the session closes when all replies are out. */
  DRAINING,
  /** The connection is gone. */
  CLOSED;

  /** Tells whether a session may move from this state to {@code next}. */
  boolean mayBecome(SessionState next) {
    return next.ordinal() > ordinal();
  }
}

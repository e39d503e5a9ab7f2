package dev.flagstone.command;

/** A fixed reply that the proxy gives itself. */
public enum Notice implements Reply {
  /** Done. */
  OK,
  /** Logged in. */
  LOGGED_IN,
  /** The version, with the product's own behind memcached's. */
  VERSION,
  /** Answer to {@link SessionCommand#NOOP}. */
  NOOP,
  /** The counters were set back. */
  RESET,
  /** The end of a retrieval. */
  END,
  /** The SASL mechanisms: PLAIN. */
  MECHANISMS
}

package dev.flagstone.command;

/** A command that the proxy answers itself. */
public enum SessionCommand implements Command {
  /** Asks for the server's version. */
  VERSION,
  /** Sets the log level of a memcached; accepted and without effect. */
  VERBOSITY,
  /** Does nothing but answer, so that a client knows that all before it is answered. */
  NOOP,
  /** Closes the session when it and all before it is answered. */
  QUIT,
  /** The closing line of a retrieval whose last key was answered by a command of its own. */
  END_OF_RETRIEVAL,
  /** Numbers about the proxy's settings that concern this cache. */
  STATS_SETTINGS,
  /** Asks for the SASL mechanisms. */
  LIST_MECHANISMS
}

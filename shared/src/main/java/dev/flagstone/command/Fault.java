package dev.flagstone.command;

/** What is wrong with a command or a login; each protocol has its own words for it. */
public enum Fault implements Reply {
  /** The command is unknown, or lacks what it needs. */
  UNKNOWN_COMMAND,
  /** An argument is malformed. */
  BAD_FORMAT,
  /** A {@code delete} with an argument that it no longer takes. */
  BAD_DELETE_FORMAT,
  /** The exptime is not a number. */
  BAD_EXPTIME,
  /** The amount to add or subtract is not an unsigned number of 64 bits. */
  BAD_DELTA,
  /** The value does not end where its length says. */
  BAD_DATA_CHUNK,
  /** Key and value are over the limit. */
  TOO_LARGE,
  /** A line goes on for longer than any command can. */
  LINE_TOO_LONG,
  /** Statistics that nobody keeps. */
  UNKNOWN_TOPIC,
  /** Others' business: a command that would reach beyond the session's cache. */
  NOT_ALLOWED,
  /** The first command was not a login. */
  UNAUTHENTICATED,
  /** The credentials are wrong. */
  AUTHENTICATION_FAILURE,
  /** No connection more for this cache or this proxy. */
  TOO_MANY_CONNECTIONS,
  /** A bug of ours: the session is closed after it. */
  INTERNAL
}

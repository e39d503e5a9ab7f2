package dev.flagstone.proxy.session;

/**
 * What a session does with the bytes that it receives. There is one kind for sessions that have not
 * logged in and another for those that have, so no code has to ask.
 */
interface SessionReader {

  /** The outcome of {@link #read} when the bytes end inside a command. */
  int NEED_MORE = -1;

  /**
   * Reads one command from {@code from} on and acts on it.
   *
   * @return where the next one begins, or {@link #NEED_MORE}
   */
  int read(byte[] bytes, int from, int to);
}

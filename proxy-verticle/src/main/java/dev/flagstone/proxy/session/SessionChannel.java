package dev.flagstone.proxy.session;

import dev.flagstone.protocol.ByteSink;

/**
 * A session's connection, as far as it is the session's business. Calls come from the session's
 * loop.
 */
public interface SessionChannel {

  /** Sends the bytes; the sink may be reused when this returns. */
  void write(ByteSink bytes);

  /** Stops or resumes the reading of the connection. */
  void setReading(boolean reading);

  /** Closes the connection when all that was written is out. Leads to {@link Session#closed}. */
  void close();

  /** Closes the connection at once, whatever is unsent. Leads to {@link Session#closed}. */
  void abort();
}

package dev.flagstone.testing;

import java.time.Duration;

/** One fresh connection to something that speaks a protocol, and its clock. */
public interface TranscriptTarget extends AutoCloseable {

  /**
   * Sends the bytes and returns all that is answered to what was sent so far and not returned yet.
   */
  byte[] send(byte[] bytes);

  /**
   * The same, told how much of an answer the transcript expects. A target behind a socket waits for
   * that many bytes; one that answers at once needs only the other method.
   */
  default byte[] send(byte[] bytes, int expectedBytes) {
    return send(bytes);
  }

  /** Lets time pass. */
  void advance(Duration duration);

  /** Whether the other side has closed the connection. */
  boolean isClosed();

  @Override
  default void close() {}
}

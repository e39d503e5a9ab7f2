package dev.flagstone.e2e.kit;

import dev.flagstone.testing.TranscriptTarget;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;

/**
 * A connection to a running server that transcripts are replayed on; its cache is emptied first.
 */
public final class SocketTarget implements TranscriptTarget {

  /** How long nothing more may come before it is taken for silence. */
  private static final Duration SILENCE = Duration.ofMillis(30);

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final RawClient client;
  private boolean closed;

  /** Takes the connection over. */
  public SocketTarget(RawClient client) throws IOException {
    this.client = client;
    String answer = client.exchange("flush_all\r\n");
    if (!answer.equals("OK")) {
      throw new AssertionError("flush_all: " + answer);
    }
  }

  @Override
  public byte[] send(byte[] bytes) {
    return send(bytes, 0);
  }

  /** Waits for as many bytes as are expected, and then whether more come than that. */
  @Override
  public byte[] send(byte[] bytes, int expectedBytes) {
    byte[] answered = {};
    try {
      client.send(bytes);
      while (answered.length < expectedBytes) {
        byte[] more = client.arrivingWithin(CLOSE_TIMEOUT);
        if (more.length == 0) {
          return answered;
        }
        answered = concat(answered, more);
      }
      return concat(answered, client.arrivingWithin(SILENCE));
    } catch (EOFException | SocketException e) {
      closed = true;
      return answered;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  @Override
  public void advance(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public boolean isClosed() {
    try {
      if (!closed) {
        closed = client.untilClosed(CLOSE_TIMEOUT).length == 0;
      }
      return closed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

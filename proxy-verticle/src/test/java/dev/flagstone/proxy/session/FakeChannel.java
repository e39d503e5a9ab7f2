package dev.flagstone.proxy.session;

import dev.flagstone.protocol.ByteSink;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** A connection that records what is done to it. */
final class FakeChannel implements SessionChannel {

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private @Nullable Session session;
  private boolean reading = true;
  private boolean closed;
  private int writes;

  void attach(Session attached) {
    session = attached;
  }

  Session session() {
    Session attached = session;
    if (attached == null) {
      throw new IllegalStateException("no session");
    }
    return attached;
  }

  /** What was sent since the last call. */
  byte[] takeOutput() {
    byte[] bytes = output.toByteArray();
    output.reset();
    return bytes;
  }

  String takeText() {
    return new String(takeOutput(), java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  boolean isReading() {
    return reading;
  }

  boolean isClosed() {
    return closed;
  }

  /** How many writes there were. */
  int writes() {
    return writes;
  }

  @Override
  public void write(ByteSink bytes) {
    writes++;
    output.write(bytes.array(), 0, bytes.length());
  }

  @Override
  public void setReading(boolean newReading) {
    reading = newReading;
  }

  @Override
  public void close() {
    abort();
  }

  @Override
  public void abort() {
    if (!closed) {
      closed = true;
      session().closed();
    }
  }
}

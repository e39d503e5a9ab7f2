package dev.flagstone.proxy.session;

import dev.flagstone.testing.TranscriptTarget;
import dev.flagstone.testing.Transcripts;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The golden transcripts of the text protocol and the meta commands through whole sessions and
 * several shards.
 */
class SessionTranscriptsTest {

  /** A session on a bound listener. */
  private static final class SessionTarget implements TranscriptTarget {

    private final SessionHarness harness = new SessionHarness();
    private final FakeChannel channel = harness.connectBound(harness.first);

    @Override
    public byte[] send(byte[] bytes) {
      harness.receive(channel, bytes);
      harness.settle();
      return channel.takeOutput();
    }

    @Override
    public void advance(Duration duration) {
      harness.advance(duration.toMillis());
    }

    @Override
    public boolean isClosed() {
      return channel.isClosed();
    }

    @Override
    public void close() {
      harness.assertConsistent();
    }
  }

  @TestFactory
  Stream<DynamicTest> text() {
    return Transcripts.tests("text", SessionTarget::new);
  }

  @TestFactory
  Stream<DynamicTest> meta() {
    return Transcripts.tests("meta", SessionTarget::new);
  }
}

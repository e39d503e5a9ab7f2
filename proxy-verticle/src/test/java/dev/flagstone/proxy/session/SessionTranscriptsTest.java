package dev.flagstone.proxy.session;

import dev.flagstone.testing.TranscriptTarget;
import dev.flagstone.testing.Transcripts;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The golden transcripts through whole sessions and several shards. */
class SessionTranscriptsTest {

  private static final class SessionTarget implements TranscriptTarget {

    private final SessionHarness harness;
    private final FakeChannel channel;

    private SessionTarget(SessionHarness harness, FakeChannel channel) {
      this.harness = harness;
      this.channel = channel;
    }

    /** A session on a bound listener. */
    static SessionTarget bound() {
      SessionHarness harness = new SessionHarness();
      return new SessionTarget(harness, harness.connectBound(harness.first));
    }

    /** A session that must log in. */
    static SessionTarget authenticated() {
      SessionHarness harness = new SessionHarness();
      return new SessionTarget(harness, harness.connect());
    }

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
    return Transcripts.tests("text", SessionTarget::bound);
  }

  @TestFactory
  Stream<DynamicTest> binary() {
    return Transcripts.tests("binary", SessionTarget::bound);
  }

  @TestFactory
  Stream<DynamicTest> binaryLogin() {
    return Transcripts.tests("binary-login", SessionTarget::authenticated);
  }

  @TestFactory
  Stream<DynamicTest> meta() {
    return Transcripts.tests("meta", SessionTarget::bound);
  }
}

package dev.flagstone.protocol.line;

import dev.flagstone.protocol.ProtocolCodec;
import dev.flagstone.testing.CodecTarget;
import dev.flagstone.testing.Transcripts;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class LineTranscriptsTest {

  private static CodecTarget target() {
    ProtocolCodec codec = new LineCodec("1.6.45 flagstone/0");
    return new CodecTarget(codec.newDecoder(), codec.encoder());
  }

  @TestFactory
  Stream<DynamicTest> meta() {
    return Transcripts.tests("meta", LineTranscriptsTest::target);
  }

  @TestFactory
  Stream<DynamicTest> text() {
    return Transcripts.tests("text", LineTranscriptsTest::target);
  }
}

package dev.flagstone.protocol.binary;

import dev.flagstone.testing.CodecTarget;
import dev.flagstone.testing.Transcripts;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class BinaryTranscriptsTest {

  @TestFactory
  Stream<DynamicTest> transcripts() {
    return Transcripts.tests(
        "binary",
        () -> new CodecTarget(new BinaryDecoder(), new BinaryEncoder("1.6.45 flagstone/0")));
  }
}

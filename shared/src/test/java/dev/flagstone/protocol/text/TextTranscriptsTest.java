package dev.flagstone.protocol.text;

import dev.flagstone.testing.CodecTarget;
import dev.flagstone.testing.Transcripts;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class TextTranscriptsTest {

  @TestFactory
  Stream<DynamicTest> transcripts() {
    return Transcripts.tests(
        "text", () -> new CodecTarget(new TextDecoder(), new TextEncoder("1.6.45 flagstone/0")));
  }
}

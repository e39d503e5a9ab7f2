package dev.flagstone.datanode.execute;

import dev.flagstone.datanode.testing.AlwaysConsistent;
import dev.flagstone.datanode.testing.NodeCache;
import dev.flagstone.datanode.testing.TestNode;
import dev.flagstone.protocol.ProtocolCodec;
import dev.flagstone.protocol.line.LineCodec;
import dev.flagstone.testing.CodecTarget;
import dev.flagstone.testing.Transcripts;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The golden transcripts, answered by shards. */
class ExecutorTranscriptsTest {

  private static final int QUOTA_BYTES = 8 << 20;

  @RegisterExtension private final AlwaysConsistent consistent = new AlwaysConsistent();

  private final TestNode node = consistent.node(48 << 20, 2);
  private final ProtocolCodec codec = new LineCodec("1.6.45 flagstone/0");
  private int cacheId;

  /** A connection to a cache that is new: the one before is deleted. */
  private CodecTarget target() {
    node.removeCache(cacheId);
    node.cache(++cacheId, QUOTA_BYTES);
    node.turn();
    return new CodecTarget(codec.newDecoder(), codec.encoder(), new NodeCache(node, cacheId));
  }

  @TestFactory
  Stream<DynamicTest> meta() {
    return Transcripts.tests("meta", this::target);
  }

  @TestFactory
  Stream<DynamicTest> text() {
    return Transcripts.load("text").stream()
        .map(
            transcript ->
                DynamicTest.dynamicTest(
                    transcript.name(), () -> Transcripts.whole(transcript, target())));
  }
}

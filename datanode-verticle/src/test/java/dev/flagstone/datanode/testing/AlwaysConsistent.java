package dev.flagstone.datanode.testing;

import dev.flagstone.datanode.store.MemoryUnavailableException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Makes nodes for tests, and after each test checks that all of their stores are consistent. */
public final class AlwaysConsistent implements AfterEachCallback {

  private final List<TestNode> nodes = new ArrayList<>();

  /** A node with so much memory and so many shards, and no cache yet. */
  public TestNode node(long bytes, int shards) {
    try {
      TestNode node = new TestNode(bytes, shards);
      nodes.add(node);
      return node;
    } catch (MemoryUnavailableException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    nodes.forEach(TestNode::assertConsistent);
    nodes.clear();
  }
}

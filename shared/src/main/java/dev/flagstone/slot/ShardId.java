package dev.flagstone.slot;

/**
 * One single-writer slice of a data node.
 *
 * @param node the data node
 * @param index 0 up to the node's number of shards
 */
public record ShardId(NodeId node, int index) {

  /** The event bus address at which the shard takes batches. */
  public String address() {
    return node.name() + "." + index;
  }

  /** The shard, of {@code shards} on its node, that holds a slot. */
  public static int indexOf(int slot, int shards) {
    return slot % shards;
  }

  @Override
  public String toString() {
    return address();
  }
}

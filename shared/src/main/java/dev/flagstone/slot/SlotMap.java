package dev.flagstone.slot;

import java.util.ArrayList;
import java.util.List;

/**
 * Which shard holds which slot: an immutable table with an epoch.
 *
 * <p>Shards are numbered densely in a map ({@link #shards}), so that a router can keep an array of
 * them.
 */
public final class SlotMap {

  private final long epoch;
  private final List<ShardId> shards;
  private final short[] shardOfSlot;

  private SlotMap(long epoch, List<ShardId> shards, short[] shardOfSlot) {
    this.epoch = epoch;
    this.shards = List.copyOf(shards);
    this.shardOfSlot = shardOfSlot;
  }

  /** A map in which one data node with {@code shardCount} shards owns every slot. */
  public static SlotMap ofOneNode(long epoch, NodeId node, int shardCount) {
    if (shardCount < 1 || shardCount > Slot.COUNT) {
      throw new IllegalArgumentException(
          "a node has 1.." + Slot.COUNT + " shards, not " + shardCount);
    }
    List<ShardId> shards = new ArrayList<>();
    for (int i = 0; i < shardCount; i++) {
      shards.add(new ShardId(node, i));
    }
    short[] owners = new short[Slot.COUNT];
    for (int slot = 0; slot < Slot.COUNT; slot++) {
      owners[slot] = (short) ShardId.indexOf(slot, shardCount);
    }
    return new SlotMap(epoch, shards, owners);
  }

  /** The version of the table; a later one has a larger one. */
  public long epoch() {
    return epoch;
  }

  /** All shards that own slots. */
  public List<ShardId> shards() {
    return shards;
  }

  /** The index in {@link #shards} of the shard that owns the slot (0..1023). */
  public int shardOf(int slot) {
    return shardOfSlot[slot];
  }
}

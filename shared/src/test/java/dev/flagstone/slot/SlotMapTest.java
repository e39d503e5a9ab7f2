package dev.flagstone.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SlotMapTest {

  private static final NodeId NODE = new NodeId("node-1");

  @Test
  void oneNode_ownsEverySlot_evenlyByShard() {
    for (int shardCount : new int[] {1, 2, 3, 8, Slot.COUNT}) {
      SlotMap map = SlotMap.ofOneNode(9, NODE, shardCount);
      int[] owned = new int[shardCount];
      for (int slot = 0; slot < Slot.COUNT; slot++) {
        owned[map.shardOf(slot)]++;
        ShardId shard = map.shards().get(map.shardOf(slot));
        assertThat(shard.index()).isEqualTo(ShardId.indexOf(slot, shardCount));
      }
      int least = Slot.COUNT / shardCount;
      assertThat(Arrays.stream(owned)).allMatch(count -> count == least || count == least + 1);
      assertThat(map.epoch()).isEqualTo(9);
    }
  }

  @Test
  void shardCount_outOfRange_isRefused() {
    assertThatThrownBy(() -> SlotMap.ofOneNode(1, NODE, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SlotMap.ofOneNode(1, NODE, Slot.COUNT + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void slot_isTheHighestBitsOfTheHash() {
    assertThat(Slot.of(0)).isZero();
    assertThat(Slot.of(-1)).isEqualTo(Slot.COUNT - 1);
    assertThat(Slot.of(1L << 54)).isEqualTo(1);
  }

  @Test
  void nodeId_isShortAndPlain() {
    assertThat(new ShardId(NODE, 3).address()).isEqualTo("node-1.3");
    for (String name : new String[] {"", "A", "a.b", "a b", "a".repeat(17)}) {
      assertThatThrownBy(() -> new NodeId(name)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}

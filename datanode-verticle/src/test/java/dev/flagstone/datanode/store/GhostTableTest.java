package dev.flagstone.datanode.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.datanode.slab.PagePool;
import dev.flagstone.datanode.slab.SlabAllocator;
import dev.flagstone.datanode.slab.SlabGeometry;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GhostTableTest {

  private final PagePool pool = new PagePool(SlabGeometry.ofPage(16 << 10), 64L << 14);
  private final SlabAllocator slabs = new SlabAllocator(pool, 0, (from, to) -> {});
  private final GhostTable ghost = new GhostTable(slabs);
  private final SplittableRandom random = new SplittableRandom(9);

  @Test
  void remove_withoutMemory_remembersNothing() {
    ghost.add(5, 100);
    assertThat(ghost.remove(5)).isFalse();
  }

  @Test
  void add_withinItsSize_isRememberedOnce() {
    assertThat(ghost.isTooSmallFor(1)).isTrue();
    assertThat(ghost.grow()).isTrue();
    long hash = random.nextLong();
    ghost.add(hash, 1000);
    assertThat(ghost.remove(hash)).isTrue();
    assertThat(ghost.remove(hash)).isFalse();
  }

  @Test
  void grow_pageByPage_forgetsNothing() {
    ghost.grow();
    long[] hashes = random.longs(3000).toArray();
    for (long hash : hashes) {
      ghost.add(hash, 7000);
    }
    for (int i = 0; i < 12; i++) {
      assertThat(ghost.grow()).isTrue();
    }
    for (long hash : hashes) {
      assertThat(ghost.remove(hash)).isTrue();
    }
    assertThat(ghost.bytes()).isEqualTo(13L << 14);
    ghost.clear();
    assertThat(pool.freePages()).isEqualTo(63);
  }

  @Test
  void add_manyMore_forgetsTheOldAndRarelyMistakes() {
    ghost.grow();
    long[] old = random.longs(20_000).toArray();
    for (long hash : old) {
      ghost.add(hash, 5000);
    }
    int known = 0;
    for (int i = 0; i < 10_000; i++) {
      known += ghost.remove(old[i]) ? 1 : 0;
    }
    assertThat(known).as("mistaken for another").isLessThan(50);
    for (int i = 18_000; i < 20_000; i++) {
      known += ghost.remove(old[i]) ? 1 : 0;
    }
    assertThat(known).isGreaterThan(1900);
  }
}

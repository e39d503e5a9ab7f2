package dev.flagstone.datanode.slab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlabAllocatorTest {

  private static final int PAGES = 64;

  private final PagePool pool =
      new PagePool(SlabGeometry.ofPage(16 << 10), (PAGES + 1L) * (16 << 10));
  private final Map<Integer, Integer> stampOf = new HashMap<>();
  private final SlabAllocator slabs =
      new SlabAllocator(
          pool,
          3,
          (from, to) -> {
            Integer stamp = stampOf.remove(from);
            assertThat(stamp).as("a chunk that moves is in use").isNotNull();
            assertThat(stampOf.put(to, stamp)).isNull();
          });
  private int stamps;

  @AfterEach
  void accountsAgreeAndBytesAreWhereTheyBelong() {
    slabs.assertConsistent();
    stampOf.forEach(
        (chunk, stamp) -> {
          assertThat(pool.memory().getInt(chunk, 4)).isEqualTo(stamp);
          assertThat(pool.memory().getInt(chunk, slabs.chunkBytes(chunk) - 4)).isEqualTo(stamp);
        });
    assertThat(slabs.heldPages() + pool.freePages()).isEqualTo(PAGES);
  }

  private int allocate(int bytes) {
    int chunk = slabs.allocate(bytes);
    if (chunk != 0) {
      stamp(chunk);
    }
    return chunk;
  }

  private void stamp(int chunk) {
    int stamp = ++stamps;
    assertThat(stampOf.put(chunk, stamp)).as("a chunk handed out twice").isNull();
    pool.memory().putInt(chunk, 4, stamp);
    pool.memory().putInt(chunk, slabs.chunkBytes(chunk) - 4, stamp);
  }

  private void free(int chunk) {
    stampOf.remove(chunk);
    slabs.free(chunk);
  }

  private int fill(int bytes) {
    int count = 0;
    while (allocate(bytes) != 0) {
      count++;
    }
    return count;
  }

  private void freeAll() {
    for (int chunk : new ArrayList<>(stampOf.keySet())) {
      free(chunk);
    }
  }

  @Test
  void allocate_untilFull_givesEveryChunkOfEveryPage() {
    assertThat(fill(136)).isEqualTo(PAGES * (16384 / 136));
    freeAll();
    assertThat(pool.freePages()).isEqualTo(PAGES);
    assertThat(slabs.usedBytes()).isZero();
  }

  @Test
  void allocate_anotherClassAfterFull_getsThePagesThatScatteredChunksMake() {
    fill(136);
    List<Integer> chunks = stampOf.keySet().stream().sorted().toList();
    for (int i = 0; i < chunks.size(); i++) {
      if (i % 2 == 0) {
        free(chunks.get(i));
      }
    }
    assertThat(pool.freePages()).as("no page became empty by itself").isLessThan(3);
    int large = fill(1300);
    assertThat(large).isGreaterThanOrEqualTo((PAGES / 2 - 2) * 12);
  }

  @Test
  void allocate_nextClassHasChunks_spills() {
    fill(144);
    int one = stampOf.keySet().iterator().next();
    free(one);
    int chunk = allocate(136);
    assertThat(chunk).isEqualTo(one);
    assertThat(slabs.chunkBytes(chunk)).isEqualTo(144);
  }

  @Test
  void allocateAny_smallerChunksOnly_givesTheLargest() {
    fill(136);
    free(stampOf.keySet().iterator().next());
    assertThat(slabs.allocate(1000)).isZero();
    int chunk = slabs.allocateAny(64);
    stamp(chunk);
    assertThat(slabs.chunkBytes(chunk)).isEqualTo(136);
    assertThat(slabs.allocateAny(64)).isZero();
  }

  @Test
  void compact_scatteredChunks_givesPagesToOthers() {
    fill(200);
    List<Integer> chunks = stampOf.keySet().stream().sorted().toList();
    for (int i = 0; i < chunks.size(); i++) {
      if (i % 4 != 0) {
        free(chunks.get(i));
      }
    }
    int before = pool.freePages();
    while (slabs.compact()) {
      before++;
    }
    assertThat(pool.freePages()).isEqualTo(before).isGreaterThan(PAGES / 2);
  }

  @Test
  void allocateFixed_underEvacuation_neverMoves() {
    List<Integer> fixed = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      fixed.add(slabs.allocateFixed());
    }
    fill(64);
    for (int i = 0; i < 1000; i += 2) {
      slabs.free(fixed.get(i));
    }
    fill(1300);
    for (int i = 1; i < 1000; i += 2) {
      assertThat(slabs.classOf(fixed.get(i))).isEqualTo(SlabGeometry.FIXED_CLASS);
      slabs.free(fixed.get(i));
    }
  }

  @Test
  void randomUse_ofAllSizes_keepsAccountsAndBytes() {
    SplittableRandom random = new SplittableRandom(5);
    List<Integer> keys = new ArrayList<>();
    for (int i = 0; i < 60_000; i++) {
      boolean grow = (i / 3000) % 2 == 0;
      if (random.nextInt(100) < (grow ? 70 : 30)) {
        int largest = 32 << random.nextInt(6);
        allocate(Math.min(1360, 1 + random.nextInt(largest)));
      } else if (!stampOf.isEmpty()) {
        if (keys.isEmpty()) {
          keys.addAll(stampOf.keySet());
        }
        int chunk = keys.remove(keys.size() - 1);
        if (stampOf.containsKey(chunk)) {
          free(chunk);
        }
      }
      if (i % 1000 == 0) {
        accountsAgreeAndBytesAreWhereTheyBelong();
      }
    }
    freeAll();
    assertThat(pool.freePages()).isEqualTo(PAGES);
  }
}

package dev.flagstone.datanode.slab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class PagePoolTest {

  private final SlabGeometry geometry = SlabGeometry.ofPage(16 << 10);

  @Test
  void take_all_givesEachPageOnceAndNeverZero() {
    PagePool pool = new PagePool(geometry, 100L << 14);
    BitSet seen = new BitSet();
    for (int page = pool.take(); page != PagePool.NONE; page = pool.take()) {
      assertThat(seen.get(page)).isFalse();
      seen.set(page);
    }
    assertThat(seen.cardinality()).isEqualTo(99);
    assertThat(pool.freePages()).isZero();
  }

  @Test
  void takeAndGive_byTwoThreads_noPageHasTwoOwners() throws Exception {
    PagePool pool = new PagePool(geometry, 8L << 14);
    AtomicIntegerArray owners = new AtomicIntegerArray(8);
    Callable<Integer> worker =
        () -> {
          int clashes = 0;
          for (int i = 0; i < 300_000; i++) {
            int page = pool.take();
            if (page != PagePool.NONE) {
              clashes += owners.getAndIncrement(page);
              owners.decrementAndGet(page);
              pool.give(page);
            }
          }
          return clashes;
        };
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Integer> first = threads.submit(worker);
      Future<Integer> second = threads.submit(worker);
      assertThat(first.get() + second.get()).isZero();
    } finally {
      threads.shutdown();
    }
    assertThat(pool.freePages()).isEqualTo(7);
  }

  @Test
  void new_moreThanHandlesReach_isRefused() {
    assertThatThrownBy(() -> new PagePool(geometry, (32L << 30) + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

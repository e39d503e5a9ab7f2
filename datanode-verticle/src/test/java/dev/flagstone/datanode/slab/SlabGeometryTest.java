package dev.flagstone.datanode.slab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlabGeometryTest {

  @ParameterizedTest
  @ValueSource(ints = {16 << 10, 32 << 10, 64 << 10})
  void classes_growByAboutOneTwelfthAndWasteNoPage(int pageBytes) {
    SlabGeometry geometry = SlabGeometry.ofPage(pageBytes);
    assertThat(geometry.largestChunkBytes()).isEqualTo(pageBytes / 12 & -8);
    for (int slabClass = 1; slabClass < geometry.classes(); slabClass++) {
      int chunk = geometry.chunkBytes(slabClass);
      int perPage = geometry.chunksPerPage(slabClass);
      assertThat(chunk % 8).isZero();
      assertThat(perPage).isEqualTo(pageBytes / chunk);
      assertThat(pageBytes - perPage * chunk).as("tail of %s", chunk).isLessThan(pageBytes / 60);
      if (slabClass > 1) {
        int step = chunk - geometry.chunkBytes(slabClass - 1);
        assertThat(step).isPositive();
        assertThat(step <= 8 || step <= chunk * 0.1).as("step to %s", chunk).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16 << 10, 32 << 10, 64 << 10})
  void classFor_everySize_isTheSmallestThatHoldsIt(int pageBytes) {
    SlabGeometry geometry = SlabGeometry.ofPage(pageBytes);
    for (int size = 1; size <= geometry.largestChunkBytes(); size++) {
      int slabClass = geometry.classFor(size);
      assertThat(geometry.chunkBytes(slabClass)).isGreaterThanOrEqualTo(size);
      assertThat(slabClass == 1 || geometry.chunkBytes(slabClass - 1) < size).isTrue();
    }
  }

  @Test
  void forMemory_largerNodes_getLargerPages() {
    assertThat(SlabGeometry.forMemory(64L << 20, 2).pageBytes()).isEqualTo(16 << 10);
    assertThat(SlabGeometry.forMemory(512L << 20, 2).pageBytes()).isEqualTo(32 << 10);
    assertThat(SlabGeometry.forMemory(16L << 30, 4).pageBytes()).isEqualTo(64 << 10);
  }

  @Test
  void ofPage_otherSizes_areRefused() {
    assertThatThrownBy(() -> SlabGeometry.ofPage(20_000))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SlabGeometry.ofPage(8 << 10))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

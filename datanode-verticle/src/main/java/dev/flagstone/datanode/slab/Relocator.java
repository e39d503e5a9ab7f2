package dev.flagstone.datanode.slab;

/** Whoever holds handles, and is told when a chunk has moved. */
@FunctionalInterface
public interface Relocator {

  /**
   * Puts {@code to} wherever {@code from} stands. The bytes have been copied already. Must neither
   * allocate nor free.
   */
  void moved(int from, int to);
}

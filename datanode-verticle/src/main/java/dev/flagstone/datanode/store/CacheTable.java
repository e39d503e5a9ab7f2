package dev.flagstone.datanode.store;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The caches of a shard, by id and by the number that stands in their items. A look-up costs no
 * object.
 *
 * <p>A deleted cache keeps its number until its last item is gone.
 */
final class CacheTable {

  /** Numbers are 16 bits wide. */
  private static final int MAX_NUMBERS = 1 << 16;

  private static final int SPREAD = 0x9E3779B9;

  private @Nullable CacheSpace[] numbered = new @Nullable CacheSpace[16];
  private @Nullable CacheSpace[] byId = new @Nullable CacheSpace[32];

  /** The cache with this id, or null. */
  @Nullable CacheSpace find(int cacheId) {
    int mask = byId.length - 1;
    for (int at = spread(cacheId) & mask; ; at = at + 1 & mask) {
      CacheSpace space = byId[at];
      if (space == null || space.cacheId == cacheId) {
        return space;
      }
    }
  }

  private static int spread(int cacheId) {
    return (cacheId * SPREAD) >>> Short.SIZE;
  }

  /** The cache with this number, which must exist. */
  CacheSpace numbered(int number) {
    return Objects.requireNonNull(numbered[number]);
  }

  /** A number for a new cache, or -1 if there are too many. */
  int freeNumber() {
    for (int number = 0; number < numbered.length; number++) {
      if (numbered[number] == null) {
        return number;
      }
    }
    return numbered.length < MAX_NUMBERS ? numbered.length : -1;
  }

  void add(CacheSpace space) {
    if (space.number >= numbered.length) {
      numbered = Arrays.copyOf(numbered, 2 * numbered.length);
    }
    numbered[space.number] = space;
    rebuild();
  }

  /** Forgets a deleted cache that has no item left. */
  void drop(CacheSpace space) {
    numbered[space.number] = null;
  }

  /** Makes {@link #find} see the caches that are not deleted. */
  void rebuild() {
    @Nullable CacheSpace[] table = new @Nullable CacheSpace[2 * numbered.length];
    for (CacheSpace space : numbered) {
      if (space != null && !space.removed) {
        int at = spread(space.cacheId) & table.length - 1;
        while (table[at] != null) {
          at = at + 1 & table.length - 1;
        }
        table[at] = space;
      }
    }
    byId = table;
  }

  /** Shows all caches, deleted ones that still have items included. */
  void forEach(Consumer<CacheSpace> visitor) {
    for (CacheSpace space : numbered) {
      if (space != null) {
        visitor.accept(space);
      }
    }
  }
}

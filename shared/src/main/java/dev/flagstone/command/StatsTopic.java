package dev.flagstone.command;

/** What a {@code stats} command asks about. The ordinal travels in bus frames. */
public enum StatsTopic {
  /** The counters of the cache. */
  GENERAL,
  /** Items per slab class. */
  ITEMS,
  /** Chunks per slab class. */
  SLABS,
  /** A histogram of item sizes. */
  SIZES;

  private static final StatsTopic[] VALUES = values();

  /** The topic with this ordinal, or {@link #GENERAL} for one that this version does not know. */
  public static StatsTopic of(int ordinal) {
    return ordinal >= 0 && ordinal < VALUES.length ? VALUES[ordinal] : GENERAL;
  }
}

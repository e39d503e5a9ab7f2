package dev.flagstone.command;

/**
 * What a command asks a data node to do. The ordinal travels in bus frames, so new verbs are added
 * at the end only.
 */
public enum Verb {
  /** Reads an item. */
  GET,
  /** Reads an item and sets its exptime. */
  GAT,
  /** Stores unconditionally. */
  SET,
  /** Stores if the key is absent. */
  ADD,
  /** Stores if the key is present. */
  REPLACE,
  /** Puts bytes behind the value of a present item. */
  APPEND,
  /** Puts bytes before the value of a present item. */
  PREPEND,
  /** Stores if the cas unique is still the given one. */
  CAS,
  /** Removes an item. */
  DELETE,
  /** Adds to a decimal value, wrapping at 64 bits. */
  INCR,
  /** Subtracts from a decimal value, stopping at 0. */
  DECR,
  /** Sets the exptime of an item. */
  TOUCH,
  /** Invalidates all items of the cache, now or later. Goes to every shard. */
  FLUSH,
  /** Asks for the numbers of the cache. Goes to every shard. */
  STATS,
  /** Sets the cache's counters back to zero. Goes to every shard. */
  RESET_STATS;

  private static final Verb[] VALUES = values();

  /** The number of verbs. */
  public static final int COUNT = VALUES.length;

  /** The verb with this ordinal, which must be in {@code 0..COUNT-1}. */
  public static Verb of(int ordinal) {
    return VALUES[ordinal];
  }

  /** Whether the verb carries a value to be stored. */
  public boolean carriesValue() {
    return ordinal() >= SET.ordinal() && ordinal() <= CAS.ordinal();
  }

  /**
   * Whether the verb only reads items (a {@link #GAT} changes an exptime, so it does not count).
   */
  public boolean isRead() {
    return this == GET;
  }

  /** Whether a reply to the verb is a value, so that a failure can be answered as a miss. */
  public boolean isRetrieval() {
    return this == GET || this == GAT;
  }
}

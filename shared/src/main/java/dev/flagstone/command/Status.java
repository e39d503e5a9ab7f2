package dev.flagstone.command;

/**
 * How a command about an item or a cache ended. The ordinal travels in bus frames, so new ones are
 * added at the end only.
 */
public enum Status {
  /** The item was read; the reply carries what was asked for. */
  HIT,
  /** No such item. */
  MISS,
  /** The value was stored. */
  STORED,
  /** The condition of the store was not met. */
  NOT_STORED,
  /** The cas unique has changed. */
  EXISTS,
  /** The item to be changed does not exist. */
  NOT_FOUND,
  /** The item was removed. */
  DELETED,
  /** The exptime was changed. */
  TOUCHED,
  /** The counter was changed; the reply carries its new value. */
  COUNTED,
  /** The value is not a decimal number of 64 bits. */
  NON_NUMERIC,
  /** Key and value together are over the limit. */
  TOO_LARGE,
  /** No room could be made. */
  OUT_OF_MEMORY,
  /** Done; nothing more to tell. */
  OK,
  /** Not executed, or nobody knows: no node answered in time. */
  UNAVAILABLE,
  /** Not executed: this node does not own the slot at this epoch. */
  WRONG_OWNER,
  /** Not executed: the credential lacks {@link dev.flagstone.tenancy.Capability#WRITE}. */
  WRITE_DENIED,
  /** Not executed: the credential lacks {@link dev.flagstone.tenancy.Capability#FLUSH}. */
  FLUSH_DENIED;

  private static final Status[] VALUES = values();

  /** The number of statuses. */
  public static final int COUNT = VALUES.length;

  /** The status with this ordinal, which must be in {@code 0..COUNT-1}. */
  public static Status of(int ordinal) {
    return VALUES[ordinal];
  }
}

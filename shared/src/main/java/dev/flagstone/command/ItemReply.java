package dev.flagstone.command;

/**
 * A data node's answer to one command: a reusable view, filled anew for each reply by its owner (an
 * executor, or the reader of a batch reply) and valid only until then.
 */
public final class ItemReply implements Reply {

  private static final byte[] NO_BYTES = {};

  public Status status = Status.MISS;

  /** The client's flags, of a {@link Status#HIT}. */
  public int flags;

  /** The item's cas unique, of a hit and of whatever stored or counted; else 0. */
  public long cas;

  /** The counter's new value (unsigned), of {@link Status#COUNTED}. */
  public long number;

  /** The array that key and value are in. */
  public byte[] bytes = NO_BYTES;

  public int keyOffset;

  /** 0 where the key was not wanted, and where nothing was hit. */
  public int keyLength;

  public int valueOffset;

  /** In bytes; {@link #hasValue} tells an empty value from none. */
  public int valueLength;

  public boolean hasValue;

  /** Sets all fields to those of a reply that is nothing but a status. */
  public ItemReply reset(Status newStatus) {
    status = newStatus;
    flags = 0;
    cas = 0;
    number = 0;
    keyOffset = 0;
    keyLength = 0;
    valueOffset = 0;
    valueLength = 0;
    hasValue = false;
    return this;
  }

  @Override
  public String toString() {
    return status + (hasValue ? "(value " + valueLength + " bytes)" : "");
  }
}

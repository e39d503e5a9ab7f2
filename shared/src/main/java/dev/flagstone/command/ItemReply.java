package dev.flagstone.command;

/**
 * A data node's answer to one command: a reusable view, filled anew for each reply by its owner (an
 * executor, or the reader of a batch reply) and valid only until then.
 */
public final class ItemReply implements Reply {

  /** Mark: whoever got the reply has won the right to fill or renew the item. */
  public static final int WON = 1;

  /** Mark: the item is stale. */
  public static final int STALE = 1 << 1;

  /** Mark: somebody else has won already. */
  public static final int SENT = 1 << 2;

  /** The {@link #ttlSeconds} of an item that never expires. */
  public static final int NEVER_EXPIRES = -1;

  private static final byte[] NO_BYTES = {};

  public Status status = Status.MISS;

  /** The client's flags, of a {@link Status#HIT}. */
  public int flags;

  /** The item's cas unique, of a hit and of whatever stored or counted; else 0. */
  public long cas;

  /**
   * The counter's new value (unsigned), of {@link Status#COUNTED}; of a hit, what {@link
   * ItemCommand#WANT_PLACE} asks for.
   */
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

  /**
   * Whether the fields below hold something: {@link ItemCommand#WANT_META} was asked for, or there
   * are marks and {@link ItemCommand#WANT_MARKS} was.
   */
  public boolean hasMeta;

  /** Seconds of life left, or {@link #NEVER_EXPIRES}. */
  public int ttlSeconds;

  /** Seconds since the item was last accessed. */
  public int lastAccessSeconds;

  /** Whether the item had been read before. */
  public boolean hitBefore;

  /** {@link #WON}, {@link #STALE} and {@link #SENT} bits. */
  public int marks;

  /** The length of the value in bytes, whether or not the reply carries it. */
  public int size;

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
    hasMeta = false;
    ttlSeconds = 0;
    lastAccessSeconds = 0;
    hitBefore = false;
    marks = 0;
    size = 0;
    return this;
  }

  @Override
  public String toString() {
    return status + (hasValue ? "(value " + valueLength + " bytes)" : "");
  }
}

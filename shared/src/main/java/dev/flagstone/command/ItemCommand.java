package dev.flagstone.command;

import dev.flagstone.item.ItemLimits;

/**
 * A command about one key: a reusable view over bytes that somebody else owns.
 *
 * <p>A decoder or a batch reader has one instance and fills it anew for each command, so that a
 * request costs no object. It is valid only until its owner decodes the next one; whoever needs the
 * bytes for longer copies them. Fields that a verb does not use hold what {@link #reset} left
 * there.
 */
public final class ItemCommand implements Command {

  /** Modifier: the reply shall carry the value. */
  public static final int WANT_VALUE = 1;

  /** Modifier: the reply shall carry the key, if it is a hit. */
  public static final int WANT_KEY = 1 << 1;

  /** Modifier: the reply shall tell life left, last access, hits, marks and size. */
  public static final int WANT_META = 1 << 2;

  /**
   * Modifier: an absent item is made. A {@link Verb#GET} makes an empty one and wins the right to
   * fill it, a counter begins at {@link #initial}, an append stores; with {@link #createExptime}.
   */
  public static final int CREATE = 1 << 3;

  /** Modifier: a {@link Verb#GET} wins if less life is left than {@link #recacheSeconds}. */
  public static final int RECACHE = 1 << 4;

  /** Modifier: a command that finds its item sets its life to {@link #exptime}. */
  public static final int TOUCH = 1 << 5;

  /**
   * Modifier: a {@link Verb#DELETE} marks the item stale instead of removing it; a {@link Verb#CAS}
   * whose {@link #cas} is older than the item's stores, and marks it stale.
   */
  public static final int INVALIDATE = 1 << 6;

  /**
   * Modifier: a {@link Verb#DELETE} empties the value and keeps the item, with {@link #flags} and,
   * for {@link #TOUCH}, {@link #exptime}; else it never expires.
   */
  public static final int CLEAR_VALUE = 1 << 7;

  /** Modifier: the command does not count as an access of the item. */
  public static final int NO_ACCESS = 1 << 8;

  /** Modifier: the reply to a {@link Verb#GET} shall tell its marks, if there are any. */
  public static final int WANT_MARKS = 1 << 9;

  /** Modifier: a {@link Verb#GET} that finds a stale item wins it, unless somebody else has. */
  public static final int WIN = 1 << 10;

  /**
   * Modifier: the reply to a {@link Verb#GET} shall tell in {@link ItemReply#number} where the item
   * lies: its slab class in the upper half, the bytes of its memory in the lower one.
   */
  public static final int WANT_PLACE = 1 << 11;

  /** The modifiers that make even a {@link Verb#GET} change something. */
  public static final int CHANGES = CREATE | RECACHE | TOUCH | INVALIDATE | CLEAR_VALUE;

  /** The {@link #cas} of a command that demands none. */
  public static final int NO_CAS = 0;

  private static final byte[] NO_BYTES = {};

  /** What to do. */
  public Verb verb = Verb.GET;

  /** {@code WANT_...} and other bits from above. */
  public int modifiers;

  /** The array that key and value are in. */
  public byte[] bytes = NO_BYTES;

  public int keyOffset;

  /** 1..250, see {@link ItemLimits#MAX_KEY_BYTES}; 0 for a command about the whole cache. */
  public int keyLength;

  public int valueOffset;

  /** In bytes, for a verb that carries a value. */
  public int valueLength;

  /** The client's flags: 32 bits of its own. */
  public int flags;

  /** As the client sent it, see {@link dev.flagstone.item.Exptime}. */
  public int exptime;

  /** The expected cas unique, or 0 where none is demanded. */
  public long cas;

  /** How much to add or subtract, unsigned. Of cache commands: their argument. */
  public long delta;

  /** Where a counter begins that is made, unsigned; for {@link #CREATE}. */
  public long initial;

  /** The exptime of an item that is made, as the client sent it; for {@link #CREATE}. */
  public int createExptime;

  /** The life left below which a reader wins the right to recache, for {@link #RECACHE}. */
  public int recacheSeconds;

  /** The cas unique that the item shall get, or 0 for the next one of the shard. */
  public long newCas;

  /** The cache that the session's login named; filled in by the session, never by a decoder. */
  public int cacheId;

  /** The hash of cache and key; filled in by the router, see {@link dev.flagstone.slot.KeyHash}. */
  public long hash;

  /** Sets all fields to those of a plain command without value, flags, exptime or cas. */
  public ItemCommand reset(Verb newVerb) {
    verb = newVerb;
    modifiers = 0;
    keyOffset = 0;
    keyLength = 0;
    valueOffset = 0;
    valueLength = 0;
    flags = 0;
    exptime = 0;
    cas = NO_CAS;
    delta = 0;
    initial = 0;
    createExptime = 0;
    recacheSeconds = 0;
    newCas = 0;
    return this;
  }

  /** Tells whether the modifier {@code bit} is set. */
  public boolean wants(int bit) {
    return (modifiers & bit) != 0;
  }

  /** The verb and the lengths; never keys or values, which are the customer's. */
  @Override
  public String toString() {
    return verb + "(key " + keyLength + " bytes, value " + valueLength + " bytes)";
  }
}

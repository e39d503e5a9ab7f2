package dev.flagstone.item;

/**
 * The rules by which the exptime that a client sends becomes an instant.
 *
 * <p>As memcached's {@code doc/protocol.txt}: 0 never expires; a negative value has expired
 * already; a value up to 30 days counts from now; anything larger is a Unix time in seconds.
 * Instants are Unix seconds in an unsigned 32-bit {@code int}, which reaches to the year 2106.
 */
public final class Exptime {

  /** The instant of an item that never expires. */
  public static final int NEVER = 0;

  /** The largest value that is taken as relative to now, in seconds: 30 days. */
  public static final int MAX_RELATIVE_SECONDS = 60 * 60 * 24 * 30;

  /** An instant in the past of every clock: what a negative exptime becomes. */
  private static final int LONG_AGO = 1;

  private Exptime() {}

  /**
   * The instant at which an item expires.
   *
   * @param exptime as the client sent it, in seconds
   * @param nowSeconds the present, in Unix seconds
   * @return Unix seconds (unsigned), or {@link #NEVER}
   */
  public static int instant(int exptime, long nowSeconds) {
    if (exptime == 0) {
      return NEVER;
    }
    if (exptime < 0) {
      return LONG_AGO;
    }
    return exptime <= MAX_RELATIVE_SECONDS ? (int) (nowSeconds + exptime) : exptime;
  }

  /** Tells whether an item with this instant is gone at {@code nowSeconds} (Unix seconds). */
  public static boolean isPast(int instant, long nowSeconds) {
    return instant != NEVER && Integer.toUnsignedLong(instant) <= nowSeconds;
  }
}

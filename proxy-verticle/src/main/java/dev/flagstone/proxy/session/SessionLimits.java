package dev.flagstone.proxy.session;

import dev.flagstone.item.ItemLimits;

/**
 * What one session may take.
 *
 * @param maxInflightRequests requests that may be unanswered before no more are read
 * @param maxInflightBytes bytes of values that may be on their way, either way, before no more
 *     requests are read; an estimate, because nobody knows how large a value is before it comes
 * @param readAheadBytes bytes that may wait undecoded before the connection is no longer read
 * @param loginMillis how long a client may take to log in
 * @param stalledMillis how long a client may leave its replies untaken before it is closed
 * @param maxUnauthenticatedFaults other commands than a login before the connection is closed
 * @param maxCacheConnections connections that act for one cache at once, over all loops of a proxy
 */
public record SessionLimits(
    int maxInflightRequests,
    int maxInflightBytes,
    int readAheadBytes,
    long loginMillis,
    long stalledMillis,
    int maxUnauthenticatedFaults,
    int maxCacheConnections) {

  /** Limits without one for the connections of a cache. */
  public SessionLimits(
      int maxInflightRequests,
      int maxInflightBytes,
      int readAheadBytes,
      long loginMillis,
      long stalledMillis,
      int maxUnauthenticatedFaults) {
    this(
        maxInflightRequests,
        maxInflightBytes,
        readAheadBytes,
        loginMillis,
        stalledMillis,
        maxUnauthenticatedFaults,
        Integer.MAX_VALUE);
  }

  /** The limits that hold unless an operator says otherwise. */
  public static final SessionLimits DEFAULT =
      new SessionLimits(1024, 2 * ItemLimits.MAX_ITEM_BYTES, 64 * 1024, 5_000, 60_000, 3);

  public SessionLimits {
    if (maxInflightRequests < 1
        || maxInflightBytes < 1
        || readAheadBytes < 1
        || loginMillis < 1
        || stalledMillis < 1
        || maxUnauthenticatedFaults < 1
        || maxCacheConnections < 1) {
      throw new IllegalArgumentException("every session limit is at least 1");
    }
  }

  /** The same limits with other ones for logins and for the connections of a cache. */
  public SessionLimits with(long newLoginMillis, int newMaxCacheConnections) {
    return new SessionLimits(
        maxInflightRequests,
        maxInflightBytes,
        readAheadBytes,
        newLoginMillis,
        stalledMillis,
        maxUnauthenticatedFaults,
        newMaxCacheConnections);
  }
}

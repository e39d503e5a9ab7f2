package dev.flagstone.tenancy;

/**
 * How much memory the items of a cache may take over all data nodes.
 *
 * @param bytes {@link #MIN_BYTES} or more
 */
public record Quota(long bytes) {

  /** The smallest quota: room for the largest item and what surrounds it. */
  public static final long MIN_BYTES = 2L << 20;

  public Quota {
    if (bytes < MIN_BYTES) {
      throw new IllegalArgumentException(
          "a quota is at least " + MIN_BYTES + " bytes, not " + bytes);
    }
  }
}

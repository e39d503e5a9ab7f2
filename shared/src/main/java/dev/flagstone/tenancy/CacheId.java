package dev.flagstone.tenancy;

/**
 * The number of a cache, unique in a cluster and never used again.
 *
 * @param value 1 or more
 */
public record CacheId(int value) {

  public CacheId {
    if (value < 1) {
      throw new IllegalArgumentException("a cache id is 1 or more, not " + value);
    }
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}

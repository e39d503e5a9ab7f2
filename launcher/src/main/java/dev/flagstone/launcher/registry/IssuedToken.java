package dev.flagstone.launcher.registry;

import dev.flagstone.tenancy.Cache;

/**
 * A cache's new token, for this once.
 *
 * @param cache the cache that it opens, as it is now
 * @param token 32 hexadecimal digits, of which the registry keeps a hash
 */
public record IssuedToken(Cache cache, String token) {

  /** Says nothing about the token. */
  @Override
  public String toString() {
    return "IssuedToken[" + cache.name() + "]";
  }
}

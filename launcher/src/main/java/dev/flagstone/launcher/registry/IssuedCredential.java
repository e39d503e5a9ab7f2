package dev.flagstone.launcher.registry;

import dev.flagstone.tenancy.Cache;
import dev.flagstone.tenancy.Credential;

/**
 * A credential just made, and for this once its password.
 *
 * @param cache the cache that it opens, as it is now
 * @param credential what the registry keeps
 * @param password what it does not
 */
public record IssuedCredential(Cache cache, Credential credential, String password) {

  /** Says nothing about the password. */
  @Override
  public String toString() {
    return "IssuedCredential[" + cache.name() + " " + credential + "]";
  }
}

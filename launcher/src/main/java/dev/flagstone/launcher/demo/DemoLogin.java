package dev.flagstone.launcher.demo;

import dev.flagstone.tenancy.CacheId;

/**
 * How one logs in to the demo cache.
 *
 * @param cache its id
 * @param username of its primary credential
 * @param password of the same
 */
public record DemoLogin(CacheId cache, String username, String password) {

  /** Says nothing about the password. */
  @Override
  public String toString() {
    return "DemoLogin[" + cache + " " + username + "]";
  }
}

package dev.flagstone.tenancy;

import java.util.Set;

/**
 * One username of a cache, with what it may do.
 *
 * @param username unique in the cluster, 1..{@link #MAX_USERNAME_BYTES} visible ASCII characters
 *     without space: it must work as a memcache key, because that is how clients log in
 * @param verifier tells whether a password is right
 * @param capabilities what it may do beyond reading
 * @param primary whether it is the one that a cache's own pages show; exactly one of a cache is
 */
public record Credential(
    String username, Verifier verifier, Set<Capability> capabilities, boolean primary) {

  /** The longest username, in bytes: that of a key. */
  public static final int MAX_USERNAME_BYTES = 250;

  /** The longest password, in bytes. */
  public static final int MAX_PASSWORD_BYTES = 250;

  public Credential {
    if (!isWellFormed(username)) {
      throw new IllegalArgumentException(
          "a username has 1.." + MAX_USERNAME_BYTES + " visible ASCII characters and no space");
    }
    capabilities = Set.copyOf(capabilities);
  }

  /**
   * Tells whether the text can be a username or a password: visible ASCII without space, 1..250.
   */
  public static boolean isWellFormed(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_USERNAME_BYTES
        && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  /** Tells whether the credential may do this. */
  public boolean may(Capability capability) {
    return capabilities.contains(capability);
  }

  /** The same credential with other capabilities. */
  public Credential with(Set<Capability> newCapabilities) {
    return new Credential(username, verifier, newCapabilities, primary);
  }

  /** The same credential with another password's verifier. */
  public Credential with(Verifier newVerifier) {
    return new Credential(username, newVerifier, capabilities, primary);
  }

  /** The same credential, primary or not. */
  public Credential withPrimary(boolean newPrimary) {
    return new Credential(username, verifier, capabilities, newPrimary);
  }

  /** The username and the capabilities, and nothing about the password. */
  @Override
  public String toString() {
    return "Credential[" + username + " " + capabilities + (primary ? " primary" : "") + "]";
  }
}

package dev.flagstone.launcher.registry;

import java.util.regex.Pattern;

/**
 * The rule for names of caches: they start with a letter, so that none can be mistaken for an id.
 */
final class CacheName {

  private static final Pattern FORM = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,63}");

  private CacheName() {}

  /** Returns the name, or throws {@link IllegalArgumentException} with a line for the operator. */
  static String require(String name) {
    if (!FORM.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a cache's name is a letter and up to 63 more letters, digits or . _ -");
    }
    return name;
  }
}

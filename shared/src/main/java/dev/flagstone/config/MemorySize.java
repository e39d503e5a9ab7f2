package dev.flagstone.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A size in bytes as operators write it: digits and an optional unit {@code k}, {@code m} or {@code
 * g} (powers of 1,024).
 *
 * @param bytes 0 or more
 */
public record MemorySize(long bytes) {

  private static final Pattern FORM = Pattern.compile("(\\d{1,15})([kmg]?)(?:i?b)?");

  /**
   * Reads a size such as {@code 256m}.
   *
   * @throws IllegalArgumentException with a sentence for the operator, if it is none
   */
  public static MemorySize parse(String text) {
    Matcher matcher = FORM.matcher(text.trim().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no size: write digits and k, m or g, such as 256m");
    }
    int shift =
        switch (matcher.group(2)) {
          case "k" -> 10;
          case "m" -> 20;
          case "g" -> 30;
          default -> 0;
        };
    long count = Long.parseLong(matcher.group(1));
    if (count > Long.MAX_VALUE >> shift) {
      throw new IllegalArgumentException("'" + text + "' is more than any machine has");
    }
    return new MemorySize(count << shift);
  }

  /** The size with the largest unit that it is a multiple of. */
  @Override
  public String toString() {
    if (bytes != 0 && bytes % (1L << 30) == 0) {
      return (bytes >> 30) + "g";
    }
    if (bytes != 0 && bytes % (1L << 20) == 0) {
      return (bytes >> 20) + "m";
    }
    return bytes != 0 && bytes % (1L << 10) == 0 ? (bytes >> 10) + "k" : Long.toString(bytes);
  }
}

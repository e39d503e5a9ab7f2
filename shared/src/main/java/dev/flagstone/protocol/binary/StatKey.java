package dev.flagstone.protocol.binary;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What the key of a {@code stat} request can ask for; words behind the first are not looked at. */
enum StatKey {
  /** No key: the cache's counters. */
  GENERAL(""),
  SETTINGS("settings"),
  ITEMS("items"),
  SLABS("slabs"),
  SIZES("sizes"),
  RESET("reset"),
  /** Other customers' keys. */
  CACHEDUMP("cachedump"),
  /** Other customers' connections. */
  CONNS("conns"),
  /** Counts by key prefix, over all customers. */
  DETAIL("detail"),
  /** None that this protocol knows. */
  UNKNOWN(" ");

  private static final StatKey[] VALUES = values();

  @SuppressWarnings("ImmutableEnumChecker") // Never written to.
  private final byte[] spelling;

  StatKey(String spelling) {
    this.spelling = spelling.getBytes(StandardCharsets.US_ASCII);
  }

  /** The one with this key, whose bytes are there. */
  static StatKey of(byte[] bytes, int offset, int length) {
    int end = offset;
    while (end < offset + length && bytes[end] != ' ') {
      end++;
    }
    for (StatKey key : VALUES) {
      if (Arrays.equals(bytes, offset, end, key.spelling, 0, key.spelling.length)) {
        return key;
      }
    }
    return UNKNOWN;
  }
}

package dev.flagstone.protocol.text;

import java.nio.charset.StandardCharsets;

/** What can stand behind {@code stats}. */
enum StatsWord {
  /** Nothing: the cache's counters. */
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
  UNKNOWN("");

  private static final StatsWord[] SPELLED = {
    SETTINGS, ITEMS, SLABS, SIZES, RESET, CACHEDUMP, CONNS, DETAIL
  };

  @SuppressWarnings("ImmutableEnumChecker") // Never written to.
  private final byte[] spelling;

  StatsWord(String spelling) {
    this.spelling = spelling.getBytes(StandardCharsets.US_ASCII);
  }

  /** The first argument of the line. */
  static StatsWord of(Line line) {
    if (line.count() == 0) {
      return GENERAL;
    }
    for (StatsWord word : SPELLED) {
      if (line.is(0, word.spelling)) {
        return word;
      }
    }
    return UNKNOWN;
  }
}

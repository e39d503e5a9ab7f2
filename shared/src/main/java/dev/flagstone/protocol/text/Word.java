package dev.flagstone.protocol.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The words that a line can begin with, found by one hash and one comparison of all their bytes.
 */
enum Word {
  GET,
  GETS,
  GAT,
  GATS,
  SET,
  ADD,
  REPLACE,
  APPEND,
  PREPEND,
  CAS,
  DELETE,
  INCR,
  DECR,
  TOUCH,
  FLUSH_ALL,
  VERSION,
  VERBOSITY,
  STATS,
  MN,
  QUIT,
  /** Commands of a memcached's operator: they would reach beyond the session's cache. */
  FOREIGN,
  /** Somebody takes us for a web server, perhaps to smuggle commands in the body of a request. */
  HTTP,
  /** None that this protocol knows. */
  UNKNOWN;

  private static final int TABLE_SIZE = 256;
  private static final byte[][] SPELLING_AT = new byte[TABLE_SIZE][];
  private static final Word[] WORD_AT = new Word[TABLE_SIZE];

  static {
    Arrays.fill(SPELLING_AT, new byte[0]);
    Arrays.fill(WORD_AT, UNKNOWN);
    for (Word word : values()) {
      for (String spelling : word.spellings()) {
        byte[] bytes = spelling.getBytes(StandardCharsets.US_ASCII);
        int index = index(bytes, 0, bytes.length);
        while (WORD_AT[index] != UNKNOWN) {
          index = (index + 1) % TABLE_SIZE;
        }
        SPELLING_AT[index] = bytes;
        WORD_AT[index] = word;
      }
    }
  }

  private List<String> spellings() {
    return switch (this) {
      case FOREIGN ->
          List.of(
              "cache_memlimit",
              "debugtime",
              "lru",
              "lru_crawler",
              "misbehave",
              "refresh_certs",
              "shutdown",
              "slabs",
              "watch");
      case HTTP ->
          List.of("CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE");
      case UNKNOWN -> List.of();
      default -> List.of(name().toLowerCase(Locale.ROOT));
    };
  }

  /** The word that the bytes from {@code from} to {@code to} (exclusive, not empty) are. */
  static Word of(byte[] bytes, int from, int to) {
    int index = index(bytes, from, to);
    while (WORD_AT[index] != UNKNOWN) {
      byte[] spelling = SPELLING_AT[index];
      if (Arrays.equals(spelling, 0, spelling.length, bytes, from, to)) {
        return WORD_AT[index];
      }
      index = (index + 1) % TABLE_SIZE;
    }
    return UNKNOWN;
  }

  private static int index(byte[] bytes, int from, int to) {
    int middle = bytes[(from + to) >>> 1];
    return (bytes[from] * 7 + middle * 5 + bytes[to - 1] * 3 + (to - from)) & (TABLE_SIZE - 1);
  }
}

package dev.flagstone.protocol.meta;

import dev.flagstone.item.Exptime;
import dev.flagstone.protocol.Decimal;

/**
 * The bytes at hand, seen as the tokens of one line: a reusable view.
 *
 * <p>Tokens are separated by spaces; a line ends with {@code \r\n}, or with {@code \n} alone.
 */
final class MetaLine {

  /** The most bytes that a line can have. */
  static final int MAX_BYTES = 2048;

  /** The most tokens that a command can have, its own word included; memcached's figure. */
  static final int MAX_TOKENS = 20;

  /** What numbers are told by that are none. */
  static final long NOT_A_NUMBER = Long.MIN_VALUE;

  private static final long MAX_TENTH = Long.MAX_VALUE / 10 - 1;

  private final short[] starts = new short[MAX_TOKENS + 1];
  private final short[] ends = new short[MAX_TOKENS + 1];
  private byte[] bytes = {};
  private int from;
  private int count;
  private int end;

  /**
   * Looks for a line from {@code newFrom} on.
   *
   * @return whether its end is in sight
   */
  boolean find(byte[] newBytes, int newFrom, int to) {
    bytes = newBytes;
    from = newFrom;
    count = 0;
    int limit = newFrom + Math.min(to - newFrom, MAX_BYTES);
    int at = newFrom;
    while (at < limit && bytes[at] != '\n') {
      at++;
    }
    if (at == limit) {
      return false;
    }
    end = at + 1;
    split(at > newFrom && bytes[at - 1] == '\r' ? at - 1 : at);
    return true;
  }

  private void split(int lineEnd) {
    int at = from;
    while (at < lineEnd) {
      if (bytes[at] == ' ') {
        at++;
        continue;
      }
      int start = at;
      while (at < lineEnd && bytes[at] != ' ') {
        at++;
      }
      if (count <= MAX_TOKENS) {
        starts[count] = (short) (start - from);
        ends[count++] = (short) (at - from);
      }
    }
  }

  /** The index behind the line. */
  int end() {
    return end;
  }

  /** How many tokens there are; no more than one over {@link #MAX_TOKENS} are counted. */
  int count() {
    return count;
  }

  int start(int token) {
    return from + starts[token];
  }

  int end(int token) {
    return from + ends[token];
  }

  int length(int token) {
    return ends[token] - starts[token];
  }

  /** The first byte of a token. */
  byte first(int token) {
    return bytes[start(token)];
  }

  /** The second byte of a token, or 0. */
  byte second(int token) {
    return length(token) > 1 ? bytes[start(token) + 1] : 0;
  }

  /** Tells whether a token holds bytes that could not be told again: NUL or a carriage return. */
  boolean isMangled(int token) {
    for (int i = start(token); i < end(token); i++) {
      if (bytes[i] == '\r' || bytes[i] == 0) {
        return true;
      }
    }
    return false;
  }

  /** The number whose digits a token is, {@link Long#MAX_VALUE} for any as large; or -1. */
  long number(int token) {
    return number(start(token), end(token));
  }

  private long number(int start, int tokenEnd) {
    long number = start == tokenEnd ? -1 : 0;
    for (int i = start; i < tokenEnd; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number > MAX_TENTH ? Long.MAX_VALUE : number * 10 + digit;
    }
    return number;
  }

  /**
   * The exptime that stands behind a flag's letter: a signed number, of which one that is too large
   * for an {@code int} never expires; or {@link #NOT_A_NUMBER}.
   */
  long exptime(int token) {
    int start = start(token) + 1;
    boolean negative = start < end(token) && bytes[start] == '-';
    long number = number(negative ? start + 1 : start, end(token));
    if (number < 0) {
      return NOT_A_NUMBER;
    }
    if (negative) {
      return Math.max(-number, Integer.MIN_VALUE);
    }
    return number > Integer.MAX_VALUE ? Exptime.NEVER : number;
  }

  /** The number behind a flag's letter, or -1; larger ones than {@code max} are none. */
  long numberUpTo(int token, long max) {
    long number = number(start(token) + 1, end(token));
    return number > max ? -1 : number;
  }

  /** Tells whether an unsigned number of 64 bits stands behind a flag's letter. */
  boolean isUnsigned(int token) {
    return Decimal.isUnsigned(bytes, start(token) + 1, length(token) - 1);
  }

  /** The unsigned number that {@link #isUnsigned} has found. */
  long unsigned(int token) {
    return Decimal.parse(bytes, start(token) + 1, length(token) - 1);
  }
}

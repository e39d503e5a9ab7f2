package dev.flagstone.protocol.text;

import dev.flagstone.item.Exptime;
import dev.flagstone.item.ItemLimits;
import dev.flagstone.protocol.Decimal;
import java.util.Arrays;

/**
 * The bytes at hand, seen as the words and the arguments of one line: a reusable view.
 *
 * <p>Tokens are runs of any bytes but spaces and line ends; a line ends with {@code \r\n}, or with
 * {@code \n} alone. What is not in sight yet is told by a negative index, so that a decoder can
 * leave at any point and come again when there is more. Nothing behind {@link #MAX_BYTES} is looked
 * at: what is seen depends on the bytes alone and not on how many of them have arrived.
 */
final class Line {

  /** The most bytes that a line, or a key of a list with the spaces around it, can have. */
  static final int MAX_BYTES = 2048;

  /** What {@link #exptime} gives for bytes that are no number. */
  static final long NOT_A_NUMBER = Long.MIN_VALUE;

  /** More than any command takes, so that one too many is noticed. */
  private static final int MAX_ARGUMENTS = 8;

  private static final byte[] NOREPLY = {'n', 'o', 'r', 'e', 'p', 'l', 'y'};
  private static final long MAX_TENTH = Long.MAX_VALUE / 10 - 1;

  private final int[] starts = new int[MAX_ARGUMENTS];
  private final int[] ends = new int[MAX_ARGUMENTS];
  private byte[] bytes = {};
  private int limit;
  private boolean mangled;
  private int count;
  private int end;

  /**
   * Looks at the bytes from {@code from} to {@code to} (exclusive), of which a line begins at the
   * first.
   */
  void reset(byte[] newBytes, int from, int to) {
    bytes = newBytes;
    limit = from + Math.min(to - from, MAX_BYTES);
    mangled = false;
    count = 0;
    end = from;
  }

  /** The index of the first byte from {@code at} on that is no space, or -1. */
  int skipSpaces(int at) {
    int i = at;
    while (i < limit && bytes[i] == ' ') {
      i++;
    }
    return i == limit || (bytes[i] == '\r' && i + 1 == limit) ? -1 : i;
  }

  /** The index behind the token that begins at {@code at}, or -1. */
  int tokenEnd(int at) {
    for (int i = at; i < limit; i++) {
      byte b = bytes[i];
      if (b > ' ' || b < 0) {
        continue;
      }
      if (b == ' ' || b == '\n') {
        return i;
      }
      if (b == '\r') {
        if (i + 1 == limit) {
          return -1;
        }
        if (bytes[i + 1] == '\n') {
          return i;
        }
      }
      mangled |= b == '\r' || b == 0;
    }
    return -1;
  }

  /**
   * The index behind the line end at {@code at}, which {@link #skipSpaces} has found; else {@code
   * at}.
   */
  int lineEnd(int at) {
    if (bytes[at] == '\n') {
      return at + 1;
    }
    return bytes[at] == '\r' && bytes[at + 1] == '\n' ? at + 2 : at;
  }

  /**
   * Finds the arguments from {@code at} on, and the line's end.
   *
   * @return whether the line is in sight as a whole
   */
  boolean split(int at) {
    int next = skipSpaces(at);
    while (next >= 0) {
      int behind = lineEnd(next);
      if (behind > next) {
        end = behind;
        return true;
      }
      int tokenEnd = tokenEnd(next);
      if (tokenEnd < 0) {
        return false;
      }
      if (count < MAX_ARGUMENTS) {
        starts[count] = next;
        ends[count++] = tokenEnd;
      }
      next = skipSpaces(tokenEnd);
    }
    return false;
  }

  /** The index behind the line that {@link #split} has found. */
  int end() {
    return end;
  }

  /** How many arguments the line has; no more than {@link #MAX_ARGUMENTS} are counted. */
  int count() {
    return count;
  }

  int start(int argument) {
    return starts[argument];
  }

  int end(int argument) {
    return ends[argument];
  }

  int length(int argument) {
    return ends[argument] - starts[argument];
  }

  /** Tells whether the token is a key: 1..250 bytes, none of them NUL or a carriage return. */
  boolean isKey(int start, int tokenEnd) {
    return tokenEnd - start <= ItemLimits.MAX_KEY_BYTES && !mangled;
  }

  /** Tells whether an argument is a key. */
  boolean isKey(int argument) {
    return isKey(starts[argument], ends[argument]);
  }

  /** Tells whether an argument is exactly this word. */
  boolean is(int argument, byte[] word) {
    return Arrays.equals(bytes, starts[argument], ends[argument], word, 0, word.length);
  }

  /**
   * Tells whether the last argument is {@code noreply}, and is the one with the number {@code from}
   * or later.
   */
  boolean isNoreply(int from) {
    return count > from && is(count - 1, NOREPLY);
  }

  /** Tells whether an argument is an unsigned number of 64 bits. */
  boolean isUnsigned(int argument) {
    return Decimal.isUnsigned(bytes, starts[argument], length(argument));
  }

  /** The unsigned number that {@link #isUnsigned} has found. */
  long unsigned(int argument) {
    return Decimal.parse(bytes, starts[argument], length(argument));
  }

  /**
   * The number whose digits an argument is: {@link Long#MAX_VALUE} for any as large or larger; else
   * -1.
   */
  long number(int argument) {
    return number(starts[argument], ends[argument]);
  }

  /** An argument as an exptime, see {@link #exptime(int, int)}. */
  long exptime(int argument) {
    return exptime(starts[argument], ends[argument]);
  }

  /**
   * A token as an exptime: a signed decimal number that keeps its meaning where it does not fit an
   * {@code int}. A Unix time beyond 2038 never expires (an earlier instant would lose the item, a
   * refusal would break clients that mean "for ever"), and what is far in the past has expired.
   *
   * @return a number in the range of an {@code int}, or {@link #NOT_A_NUMBER}
   */
  long exptime(int start, int tokenEnd) {
    boolean negative = bytes[start] == '-';
    long number = number(negative ? start + 1 : start, tokenEnd);
    if (number < 0) {
      return NOT_A_NUMBER;
    }
    if (negative) {
      return Math.max(-number, Integer.MIN_VALUE);
    }
    return number > Integer.MAX_VALUE ? Exptime.NEVER : number;
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
}

package dev.flagstone.protocol;

/** Unsigned 64-bit numbers as decimal digits. */
public final class Decimal {

  /** The most digits that a number can have. */
  public static final int MAX_DIGITS = 20;

  private Decimal() {}

  /**
   * Writes the digits of {@code value} (unsigned) at {@code offset} and returns the offset behind
   * them.
   */
  public static int put(byte[] bytes, int offset, long value) {
    int digits = digits(value);
    long rest = value;
    int at = offset + digits;
    if (rest < 0) {
      long tenth = Long.divideUnsigned(rest, 10);
      bytes[--at] = (byte) ('0' + (rest - tenth * 10));
      rest = tenth;
    }
    do {
      long tenth = rest / 10;
      bytes[--at] = (byte) ('0' + (rest - tenth * 10));
      rest = tenth;
    } while (rest != 0);
    return offset + digits;
  }

  /** How many digits {@code value} (unsigned) has, 1..20. */
  public static int digits(long value) {
    if (value < 0) {
      return Long.compareUnsigned(value, -8446744073709551616L) >= 0 ? 20 : 19;
    }
    int digits = 1;
    long bound = 10;
    while (digits < 19 && value >= bound) {
      digits++;
      bound *= 10;
    }
    return digits;
  }

  /**
   * Tells whether the {@code length} bytes at {@code offset} are the digits of a number of 64 bits;
   * {@link #parse} may be called only then.
   */
  public static boolean isUnsigned(byte[] bytes, int offset, int length) {
    if (length < 1 || length > MAX_DIGITS) {
      return false;
    }
    long value = 0;
    for (int i = offset; i < offset + length; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return false;
      }
      if (i - offset == MAX_DIGITS - 1
          && (Long.compareUnsigned(value, 1844674407370955161L) > 0
              || (value == 1844674407370955161L && digit > 5))) {
        return false;
      }
      value = value * 10 + digit;
    }
    return true;
  }

  /** The number (unsigned) whose digits {@link #isUnsigned} has checked. */
  public static long parse(byte[] bytes, int offset, int length) {
    long value = 0;
    for (int i = offset; i < offset + length; i++) {
      value = value * 10 + (bytes[i] - '0');
    }
    return value;
  }
}

package dev.flagstone.datanode.execute;

import dev.flagstone.command.Status;
import dev.flagstone.datanode.store.ItemStore;
import dev.flagstone.item.Exptime;
import dev.flagstone.protocol.Decimal;
import java.util.Arrays;

/**
 * Adds to and subtracts from values that are decimal digits. A number that becomes shorter keeps
 * its length and gets spaces behind it, as in memcached; so a value may end in spaces, too.
 */
final class Counting {

  private final ItemStore store;
  private final byte[] digits = new byte[Decimal.MAX_DIGITS];
  private long number;

  Counting(ItemStore store) {
    this.store = store;
  }

  /**
   * Changes the store's current item by {@code delta} (unsigned): up, wrapping, or down to 0 at
   * most.
   */
  Status change(boolean up, long delta) {
    int length = store.valueLength();
    if (length == 0 || length > digits.length) {
      return Status.NON_NUMERIC;
    }
    store.copyValue(digits, 0);
    int count = length;
    while (count > 1 && digits[count - 1] == ' ') {
      count--;
    }
    if (!Decimal.isUnsigned(digits, 0, count)) {
      return Status.NON_NUMERIC;
    }
    long value = Decimal.parse(digits, 0, count);
    if (up) {
      number = value + delta;
    } else {
      number = Long.compareUnsigned(value, delta) <= 0 ? 0 : value - delta;
    }
    int end = Decimal.put(digits, 0, number);
    if (end < length) {
      Arrays.fill(digits, end, length, (byte) ' ');
    }
    int newLength = Math.max(end, length);
    return store.replaceValue(digits, newLength) ? Status.COUNTED : Status.OUT_OF_MEMORY;
  }

  /**
   * Makes the counter that the store has looked for in vain, with {@code initial} (unsigned) in it.
   *
   * @param exptime an instant, see {@link Exptime#instant}; a past one makes nothing, since nobody
   *     could ever read it
   */
  Status begin(long initial, int exptime) {
    number = initial;
    if (Exptime.isPast(exptime, store.nowSeconds())) {
      return Status.COUNTED;
    }
    int length = Decimal.put(digits, 0, initial);
    return store.put(0, exptime, digits, 0, length) ? Status.COUNTED : Status.OUT_OF_MEMORY;
  }

  /** The number (unsigned) after the last change. */
  long number() {
    return number;
  }
}

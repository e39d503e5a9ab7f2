package dev.flagstone.e2e.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The items that every real client stores: the same keys and bytes at each call. */
public final class Items {

  /** How many there are. */
  public static final int COUNT = 10_000;

  private static final int MAX_BYTES = 20 * 1024;

  private Items() {}

  /** The key of an item. */
  public static String key(int index) {
    return "item:" + index;
  }

  /** All keys, in order. */
  public static List<String> keys() {
    List<String> keys = new ArrayList<>(COUNT);
    for (int i = 0; i < COUNT; i++) {
      keys.add(key(i));
    }
    return keys;
  }

  /**
   * The value of an item: 1 byte to 20 KB, most of them small; every fourth looks like commands and
   * line ends, the others are any bytes.
   */
  public static byte[] value(int index) {
    Random random = new Random(index);
    double share = random.nextDouble();
    byte[] value = new byte[1 + (int) (share * share * share * MAX_BYTES)];
    random.nextBytes(value);
    if (index % 4 == 0) {
      byte[] text =
          "\r\nEND\r\nVALUE item:1 0 1\r\nx\r\nflush_all\r\n\0"
              .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
      for (int i = 0; i < value.length; i++) {
        value[i] = text[i % text.length];
      }
    }
    if (index == COUNT - 1) {
      return new byte[MAX_BYTES];
    }
    return value;
  }
}

package dev.flagstone.item;

/** How large an item can be. The figures are memcached's, and the design brief's. */
public final class ItemLimits {

  /** The longest key, in bytes. */
  public static final int MAX_KEY_BYTES = 250;

  /** The most bytes that key and value may have together: exactly 1 MiB. */
  public static final int MAX_ITEM_BYTES = 1 << 20;

  private ItemLimits() {}

  /** Tells whether a key and a value of these lengths (bytes) make an item that can be stored. */
  public static boolean fits(int keyLength, long valueLength) {
    return valueLength <= MAX_ITEM_BYTES - keyLength;
  }
}

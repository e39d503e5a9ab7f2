package dev.flagstone.bus;

/** The event bus addresses. They are short because each travels with every message. */
public final class BusAddress {

  private BusAddress() {}

  /** Where a proxy loop takes batch replies; its number is unique in the cluster. */
  public static String inbox(int number) {
    return "r" + Integer.toUnsignedString(number, 36);
  }
}

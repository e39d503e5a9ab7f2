package dev.flagstone.launcher.embedded;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;

/**
 * Where the bound listener may open, as the site's configuration says. Whoever reaches that
 * listener reads and writes a cache without a login, so leaving loopback takes two settings, not
 * one.
 *
 * @param enabled whether it opens at all
 * @param address where it opens
 */
public record BoundPolicy(boolean enabled, String address) {

  private static final String ENABLED = "bound.enabled";
  private static final String ADDRESS = "bound.address";
  private static final String BEYOND_LOOPBACK = "bound.beyond-loopback";

  /**
   * Reads it from a properties file.
   *
   * @throws StartException if the file cannot be read, or says something else or forbidden
   */
  public static BoundPolicy load(Path file) throws StartException {
    return SiteConfig.load(file).bound();
  }

  static BoundPolicy of(Settings settings) throws StartException {
    boolean enabled = settings.flag(ENABLED, true);
    String address = settings.text(ADDRESS, ListenOptions.LOOPBACK);
    if (!settings.flag(BEYOND_LOOPBACK, false) && !isLoopback(address)) {
      throw new StartException(
          "the bound listener asks nobody for a login and stays on loopback; to open it on "
              + address
              + ", set "
              + BEYOND_LOOPBACK
              + " = true in "
              + settings.file());
    }
    return new BoundPolicy(enabled, address);
  }

  private static boolean isLoopback(String address) throws StartException {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new StartException("the address " + address + " is unknown", e);
    }
  }
}

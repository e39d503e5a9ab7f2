package dev.flagstone.launcher.embedded;

import dev.flagstone.launcher.files.IoReason;
import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;

/**
 * Where the bound listener may open, as the site's configuration says. Whoever reaches that
 * listener reads and writes a cache without a login, so leaving loopback takes two settings, not
 * one.
 *
 * @param address where it opens
 */
public record BoundPolicy(String address) {

  /** The policy of a site without a configuration. */
  public static final BoundPolicy LOOPBACK_ONLY = new BoundPolicy(ListenOptions.LOOPBACK);

  private static final String ADDRESS = "bound.address";
  private static final String BEYOND_LOOPBACK = "bound.beyond-loopback";

  /**
   * Reads it from a properties file with {@code bound.address} and {@code bound.beyond-loopback}.
   *
   * @throws StartException if the file cannot be read, or says something else or forbidden
   */
  public static BoundPolicy load(Path file) throws StartException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new StartException("cannot read " + file + ": " + IoReason.of(e), e);
    } catch (IllegalArgumentException e) {
      throw new StartException(file + " is malformed: " + e.getMessage(), e);
    }
    for (String name : properties.stringPropertyNames()) {
      if (!Set.of(ADDRESS, BEYOND_LOOPBACK).contains(name)) {
        throw new StartException(file + " has the unknown setting " + name);
      }
    }
    String address = properties.getProperty(ADDRESS, ListenOptions.LOOPBACK).strip();
    if (!allowsBeyondLoopback(properties, file) && !isLoopback(address)) {
      throw new StartException(
          "the bound listener asks nobody for a login and stays on loopback; to open it on "
              + address
              + ", set "
              + BEYOND_LOOPBACK
              + " = true in "
              + file);
    }
    return new BoundPolicy(address);
  }

  private static boolean allowsBeyondLoopback(Properties properties, Path file)
      throws StartException {
    String value = properties.getProperty(BEYOND_LOOPBACK, "false").strip();
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new StartException(
              file + ": " + BEYOND_LOOPBACK + " is true or false, not " + value);
    };
  }

  private static boolean isLoopback(String address) throws StartException {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new StartException("the address " + address + " is unknown", e);
    }
  }
}

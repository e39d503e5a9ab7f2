package dev.flagstone.proxy.socket;

import dev.flagstone.tenancy.CacheId;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * An open port with its rules.
 *
 * @param name what messages call it
 * @param host the address that it is bound to, as an IP address
 * @param port 1..65535, or 0 for any that is free
 * @param boundTo the cache that its sessions act for without a login, or null if they must log in
 */
public record ListenerConfig(String name, String host, int port, @Nullable CacheId boundTo) {

  public ListenerConfig {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("a port is 0..65535, not " + port);
    }
  }

  /** A listener whose sessions must log in. */
  public static ListenerConfig authenticated(String host, int port) {
    return new ListenerConfig("authenticated", host, port, null);
  }

  /**
   * A listener whose sessions act for a cache without a login.
   *
   * @param allowRemote whether an address that other machines reach is permitted
   * @throws IllegalArgumentException if other machines would reach it and that is not permitted
   */
  public static ListenerConfig bound(String host, int port, CacheId cache, boolean allowRemote) {
    if (!allowRemote && !isLoopback(host)) {
      throw new IllegalArgumentException(
          "a bound listener asks for no login, so it may listen on a loopback address only, not on "
              + host);
    }
    return new ListenerConfig("bound", host, port, cache);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}

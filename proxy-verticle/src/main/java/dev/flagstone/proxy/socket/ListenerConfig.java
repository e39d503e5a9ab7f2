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
 * @param tls the rules of its TLS, or null if it speaks plain text
 * @param proxied whether each connection begins with a header of the PROXY protocol, which names
 *     where it really comes from
 */
public record ListenerConfig(
    String name,
    String host,
    int port,
    @Nullable CacheId boundTo,
    @Nullable TlsRules tls,
    boolean proxied) {

  public ListenerConfig {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("a port is 0..65535, not " + port);
    }
  }

  /** A listener whose sessions must log in. */
  public static ListenerConfig authenticated(String host, int port) {
    return new ListenerConfig("authenticated", host, port, null, null, false);
  }

  /** A listener with TLS, whose sessions log in or bring an identity along. */
  public static ListenerConfig tls(String host, int port, TlsRules rules) {
    return new ListenerConfig("tls", host, port, null, rules, false);
  }

  /** A listener behind a balancer that tells where connections really come from. */
  public static ListenerConfig proxied(String host, int port, @Nullable TlsRules rules) {
    return new ListenerConfig("proxied", host, port, null, rules, true);
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
    return new ListenerConfig("bound", host, port, cache, null, false);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}

package dev.flagstone.launcher.embedded;

import java.util.List;
import java.util.function.Supplier;

/**
 * The roles of a process.
 *
 * @param inOrder in the order in which they start; they stop in the reverse one
 * @param ports asked once all have started: the ports that their listeners got
 */
public record Roles(List<Role> inOrder, Supplier<OpenPorts> ports) {

  /**
   * The ports that the listeners got, which differ from the chosen ones where 0 was chosen, or
   * {@link ListenOptions#OFF} for each that did not open.
   *
   * @param memcache of the authenticated listener
   * @param bound of the bound listener
   * @param tls of the TLS listener
   * @param proxied of the listener behind a balancer
   */
  public record OpenPorts(int memcache, int bound, int tls, int proxied) {

    /** The ports of a process with an authenticated and a bound listener only. */
    public OpenPorts(int memcache, int bound) {
      this(memcache, bound, ListenOptions.OFF, ListenOptions.OFF);
    }
  }

  public Roles {
    inOrder = List.copyOf(inOrder);
  }
}

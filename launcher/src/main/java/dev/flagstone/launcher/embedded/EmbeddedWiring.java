package dev.flagstone.launcher.embedded;

import dev.flagstone.launcher.embedded.Roles.OpenPorts;
import java.util.List;

/** The single process: one data node and one proxy, on one Vert.x and over its event bus. */
public final class EmbeddedWiring implements Wiring {

  @Override
  public Roles roles(RoleContext context) {
    ListenOptions listen = context.options().listen();
    return new Roles(List.of(), () -> new OpenPorts(listen.memcachePort(), listen.boundPort()));
  }
}

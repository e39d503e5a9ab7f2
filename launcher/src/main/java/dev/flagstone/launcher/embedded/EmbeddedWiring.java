package dev.flagstone.launcher.embedded;

import dev.flagstone.bus.FrameCodec;
import dev.flagstone.datanode.DataNode;
import dev.flagstone.datanode.DataNodeConfig;
import dev.flagstone.datanode.store.MemoryUnavailableException;
import dev.flagstone.datanode.store.NodeMemory;
import dev.flagstone.proxy.Proxy;
import dev.flagstone.proxy.ProxyConfig;
import dev.flagstone.proxy.route.RouteLimits;
import dev.flagstone.proxy.session.SessionLimits;
import dev.flagstone.slot.NodeId;
import dev.flagstone.slot.SlotMap;
import dev.flagstone.time.TimeSource;
import java.util.List;

/** The single process: one data node and one proxy, on one Vert.x and over its event bus. */
public final class EmbeddedWiring implements Wiring {

  private static final NodeId NODE = new NodeId("d");
  private static final long EPOCH = 1;

  private final String version;
  private final TimeSource time;

  /**
   * Makes the wiring.
   *
   * @param version Flagstone's own, which clients are told
   */
  public EmbeddedWiring(String version, TimeSource time) {
    this.version = version;
    this.time = time;
  }

  @Override
  public Roles roles(RoleContext context) throws StartException {
    context.vertx().eventBus().registerCodec(new FrameCodec());
    DataNode node = dataNode(context);
    ProxyListeners listeners = ProxyListeners.of(context);
    Proxy proxy = proxy(context, listeners);
    int loops = context.options().loops();
    return new Roles(
        List.of(
            new VerticleRole("data node", context.vertx(), node.verticles(), loops),
            new VerticleRole("proxy", context.vertx(), proxy.verticles(), loops)),
        () -> listeners.ports(proxy));
  }

  @Override
  public void check(RunOptions options) throws StartException {
    try {
      NodeMemory.check(options.memory().bytes(), options.loops());
    } catch (MemoryUnavailableException e) {
      throw memoryUnavailable(options, e);
    }
  }

  private static StartException memoryUnavailable(
      RunOptions options, MemoryUnavailableException cause) {
    return new StartException("--memory " + options.memory() + ": " + cause.getMessage(), cause);
  }

  private DataNode dataNode(RoleContext context) throws StartException {
    RunOptions options = context.options();
    try {
      return new DataNode(
          new DataNodeConfig(
              NODE,
              options.loops(),
              options.memory().bytes(),
              EPOCH,
              context.keyHash(),
              context.directory(),
              context.meters(),
              time));
    } catch (MemoryUnavailableException e) {
      throw memoryUnavailable(options, e);
    }
  }

  private Proxy proxy(RoleContext context, ProxyListeners listeners) {
    ConnectionPolicy connections = context.options().site().connections();
    return new Proxy(
        new ProxyConfig(
            listeners.inOrder(),
            context.directory(),
            context.keyHash(),
            SlotMap.ofOneNode(EPOCH, NODE, context.options().loops()),
            RouteLimits.DEFAULT,
            SessionLimits.DEFAULT.with(connections.loginMillis(), connections.maxPerCache()),
            connections.rules(),
            version,
            context.meters(),
            time));
  }
}

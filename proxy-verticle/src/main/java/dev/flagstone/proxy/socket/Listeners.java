package dev.flagstone.proxy.socket;

import dev.flagstone.proxy.metric.ProxyCounter;
import dev.flagstone.proxy.session.Identity;
import dev.flagstone.proxy.session.Session;
import dev.flagstone.proxy.session.SessionContext;
import dev.flagstone.tenancy.Cache;
import dev.flagstone.tenancy.CacheDirectory;
import dev.flagstone.tenancy.Tenants;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.SocketChannelConfig;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The open ports of one event loop, and the sessions that came in by them. */
public final class Listeners {

  /**
   * Connections that the kernel may hold for us while we are busy; it cuts this at its own limit.
   */
  private static final int ACCEPT_BACKLOG = 4096;

  /** How long a closing proxy waits for what is in flight. */
  private static final long CLOSE_MILLIS = 2_000;

  private static final Buffer REFUSAL = Buffer.buffer("SERVER_ERROR too many open connections\r\n");

  private final Vertx vertx;
  private final ContextInternal loop;
  private final SessionContext context;
  private final CacheDirectory directory;
  private final LoopScratch scratch = new LoopScratch();
  private final List<NetServer> servers = new ArrayList<>();
  private final Set<Session> sessions = Collections.newSetFromMap(new IdentityHashMap<>());
  private int maxConnections = Integer.MAX_VALUE;
  private @Nullable Promise<Void> emptied;

  /**
   * Makes the listeners of one loop; none is open yet.
   *
   * @param loop the verticle's context
   */
  public Listeners(Vertx vertx, Context loop, SessionContext context, CacheDirectory directory) {
    this.vertx = vertx;
    this.loop = (ContextInternal) loop;
    this.context = context;
    this.directory = directory;
  }

  /** Refuses connections when this many are open in the whole proxy. */
  public void limitConnections(int newMaxConnections) {
    maxConnections = newMaxConnections;
  }

  /** Opens the ports. Fails with {@link ListenException} if one cannot be opened. */
  public Future<Void> open(List<ListenerConfig> configs) {
    Future<Void> opened = Future.succeededFuture();
    for (int i = 0; i < configs.size(); i++) {
      ListenerConfig config = configs.get(i);
      // Vert.x takes a negative number for a free port that all event loops share.
      int port = config.port() == 0 ? -1 - i : config.port();
      opened = opened.compose(v -> open(config, port));
    }
    return opened;
  }

  private Future<Void> open(ListenerConfig config, int port) {
    NetServerOptions options =
        new NetServerOptions()
            .setHost(config.host())
            .setPort(port)
            .setTcpNoDelay(true)
            .setAcceptBacklog(ACCEPT_BACKLOG);
    NetServer server = vertx.createNetServer(options);
    servers.add(server);
    return server
        .connectHandler(socket -> accept(socket, config))
        .listen()
        .recover(cause -> Future.failedFuture(new ListenException(config, cause)))
        .mapEmpty();
  }

  private void accept(NetSocket socket, ListenerConfig config) {
    ChannelHandlerContext vertxHandler = ((NetSocketInternal) socket).channelHandlerContext();
    Channel channel = vertxHandler.channel();
    Cache bound = config.boundTo() == null ? null : cacheOf(config);
    if (emptied != null
        || context.proxyMetrics().openConnections() >= maxConnections
        || (bound == null && config.boundTo() != null)) {
      context.loopMetrics().count(ProxyCounter.CONNECTIONS_REFUSED);
      socket.end(REFUSAL);
      return;
    }
    if (channel.config() instanceof SocketChannelConfig tcp) {
      tcp.setAllowHalfClosure(true);
    }
    SocketBridge bridge = new SocketBridge(scratch, loop, this::gone);
    Session session =
        new Session(
            context, bridge, bound == null ? null : Identity.bound(bound), addressOf(channel));
    bridge.attach(session);
    sessions.add(session);
    vertxHandler.pipeline().addBefore(vertxHandler.name(), "flagstone", bridge);
  }

  private @Nullable Cache cacheOf(ListenerConfig config) {
    return directory.tenants().caches().get(config.boundTo());
  }

  private static @Nullable InetAddress addressOf(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress address
        ? address.getAddress()
        : null;
  }

  private void gone(Session session) {
    sessions.remove(session);
    if (emptied != null && sessions.isEmpty()) {
      emptied.tryComplete();
    }
  }

  /** The port of the listener at this place in what was handed to {@link #open(List)}. */
  public int port(int index) {
    return servers.get(index).actualPort();
  }

  /** Applies a newer table of caches to all sessions. */
  public void refresh(Tenants tenants) {
    for (Session session : List.copyOf(sessions)) {
      session.refresh(tenants);
    }
  }

  /** Closes the ports, then each session when all its replies are out, or after two seconds. */
  public Future<Void> close() {
    Promise<Void> done = Promise.promise();
    emptied = done;
    List<Future<Void>> closing = new ArrayList<>();
    for (Session session : List.copyOf(sessions)) {
      session.drain();
    }
    if (sessions.isEmpty()) {
      done.complete();
    }
    vertx.setTimer(CLOSE_MILLIS, id -> done.tryComplete());
    return done.future()
        .compose(
            v -> {
              servers.forEach(server -> closing.add(server.close()));
              return Future.join(closing).mapEmpty();
            });
  }
}

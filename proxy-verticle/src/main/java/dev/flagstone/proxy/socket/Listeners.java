package dev.flagstone.proxy.socket;

import dev.flagstone.proxy.metric.ProxyCounter;
import dev.flagstone.proxy.session.Identity;
import dev.flagstone.proxy.session.Session;
import dev.flagstone.proxy.session.SessionContext;
import dev.flagstone.tenancy.CacheDirectory;
import dev.flagstone.tenancy.Tenants;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannelConfig;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The open ports of one event loop, and the sessions that came in by them. */
public final class Listeners {

  /** How long a closing proxy waits for what is in flight. */
  private static final long CLOSE_MILLIS = 2_000;

  /** Refused connections that may linger until they have read why; others are closed at once. */
  private static final int MAX_LINGERING = 256;

  /** Vert.x's handler for files, which TLS connections get. */
  private static final String CHUNKED_WRITER = "chunkedWriter";

  private final Vertx vertx;
  private final ContextInternal loop;
  private final SessionContext context;
  private final CacheDirectory directory;
  private final ConnectionRules rules;
  private final LoopScratch scratch = new LoopScratch();
  private final List<NetServer> servers = new ArrayList<>();
  private final List<Runnable> subscriptions = new ArrayList<>();
  private final Set<Channel> gated = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<SocketBridge> bridges = Collections.newSetFromMap(new IdentityHashMap<>());
  private int lingering;
  private @Nullable Promise<Void> emptied;

  /**
   * Makes the listeners of one loop; none is open yet.
   *
   * @param loop the verticle's context
   */
  public Listeners(
      Vertx vertx,
      Context loop,
      SessionContext context,
      CacheDirectory directory,
      ConnectionRules rules) {
    this.vertx = vertx;
    this.loop = (ContextInternal) loop;
    this.context = context;
    this.directory = directory;
    this.rules = rules;
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
    NetServer server = vertx.createNetServer(ServerSockets.options(config, port));
    servers.add(server);
    TlsRules tls = config.tls();
    return server
        .connectHandler(socket -> accept(socket, config))
        .exceptionHandler(cause -> context.loopMetrics().count(ProxyCounter.HANDSHAKE_FAILURES))
        .listen()
        .onSuccess(
            v -> {
              if (tls != null) {
                follow(tls, server);
              }
            })
        .recover(cause -> Future.failedFuture(new ListenException(config, cause)))
        .mapEmpty();
  }

  /** Shows newer certificates to whoever connects from then on; open connections stay. */
  private void follow(TlsRules tls, NetServer server) {
    subscriptions.add(
        tls.source()
            .subscribe(
                material ->
                    loop.runOnContext(
                        v -> server.updateSSLOptions(ServerSockets.sslOptions(tls, material)))));
  }

  private void accept(NetSocket socket, ListenerConfig config) {
    ChannelHandlerContext vertxHandler = ((NetSocketInternal) socket).channelHandlerContext();
    Channel channel = vertxHandler.channel();
    if (channel.parent() != null && gated.add(channel.parent())) {
      AcceptGate.before(channel.parent(), rules);
    }
    if (channel.config() instanceof SocketChannelConfig tcp) {
      tcp.setAllowHalfClosure(true);
    }
    Tenants tenants = directory.tenants();
    Optional<Identity> identity = identity(socket, config, tenants);
    boolean cacheIsGone = config.boundTo() != null && identity.isEmpty();
    if (emptied != null || cacheIsGone || isFull(identity)) {
      refuse(vertxHandler);
      return;
    }
    SocketBridge bridge = new SocketBridge(scratch, loop, this::gone);
    bridge.attach(
        new Session(context, bridge, identity.orElse(null), addressOf(socket, channel, config)));
    bridges.add(bridge);
    takeOver(vertxHandler, bridge);
  }

  /**
   * Puts a handler in the place of Vert.x's own. Its socket object holds 5 KiB of queues that
   * nothing would ever pass through, for each connection; the server still knows the channel, and
   * closes it when it closes.
   */
  private static void takeOver(ChannelHandlerContext vertxHandler, ChannelHandler ours) {
    ChannelPipeline pipeline = vertxHandler.pipeline();
    if (pipeline.get(CHUNKED_WRITER) != null) {
      pipeline.remove(CHUNKED_WRITER);
    }
    pipeline.replace(vertxHandler.name(), "flagstone", ours);
  }

  private Optional<Identity> identity(NetSocket socket, ListenerConfig config, Tenants tenants) {
    if (config.boundTo() != null) {
      return tenants.cache(config.boundTo()).map(Identity::bound);
    }
    return config.tls() == null
        ? Optional.empty()
        : TlsIdentity.of(socket.sslSession(), config.tls(), tenants);
  }

  private boolean isFull(Optional<Identity> identity) {
    return context.proxyMetrics().openConnections() >= rules.maxOpen()
        || identity.filter(context::isFull).isPresent();
  }

  private void refuse(ChannelHandlerContext vertxHandler) {
    context.loopMetrics().count(ProxyCounter.CONNECTIONS_REFUSED);
    if (lingering >= MAX_LINGERING) {
      var unused = vertxHandler.close();
      return;
    }
    lingering++;
    takeOver(vertxHandler, new RefusedSocket(() -> lingering--));
  }

  private static @Nullable InetAddress addressOf(
      NetSocket socket, Channel channel, ListenerConfig config) {
    if (config.proxied()) {
      return addressOf(socket.remoteAddress().hostAddress());
    }
    return channel.remoteAddress() instanceof InetSocketAddress address
        ? address.getAddress()
        : null;
  }

  /** The address in a header of the PROXY protocol: in digits, so that nobody is asked for it. */
  private static @Nullable InetAddress addressOf(@Nullable String digits) {
    try {
      return digits == null ? null : InetAddress.getByName(digits);
    } catch (UnknownHostException e) {
      return null;
    }
  }

  private void gone(SocketBridge bridge) {
    bridges.remove(bridge);
    if (emptied != null && bridges.isEmpty()) {
      emptied.tryComplete();
    }
  }

  /** The port of the listener at this place in what was handed to {@link #open(List)}. */
  public int port(int index) {
    return servers.get(index).actualPort();
  }

  /** Applies a newer table of caches to all sessions. */
  public void refresh(Tenants tenants) {
    for (SocketBridge bridge : List.copyOf(bridges)) {
      bridge.session().refresh(tenants);
    }
  }

  /** Closes the sessions that have sent nothing for too long; to be called now and then. */
  public void closeIdle(long nowNanos) {
    if (rules.idleMillis() == 0) {
      return;
    }
    for (SocketBridge bridge : List.copyOf(bridges)) {
      if (bridge.isIdle(nowNanos, rules.idleMillis() * 1_000_000)) {
        context.loopMetrics().count(ProxyCounter.IDLE_CLOSES);
        bridge.session().drain();
      }
    }
  }

  /** Closes the ports, then each session when all its replies are out, or after two seconds. */
  public Future<Void> close() {
    Promise<Void> done = Promise.promise();
    emptied = done;
    subscriptions.forEach(Runnable::run);
    List<Future<Void>> closing = new ArrayList<>();
    for (SocketBridge bridge : List.copyOf(bridges)) {
      bridge.session().drain();
    }
    if (bridges.isEmpty()) {
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

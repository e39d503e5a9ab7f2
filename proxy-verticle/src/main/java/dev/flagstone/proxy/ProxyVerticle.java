package dev.flagstone.proxy;

import dev.flagstone.bus.BusAddress;
import dev.flagstone.bus.Frame;
import dev.flagstone.proxy.metric.LoopMetrics;
import dev.flagstone.proxy.route.Router;
import dev.flagstone.proxy.session.DeadlineQueue;
import dev.flagstone.proxy.session.SessionContext;
import dev.flagstone.proxy.session.Turn;
import dev.flagstone.proxy.socket.Listeners;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import org.jspecify.annotations.Nullable;

/** One event loop of a proxy: its listeners, its sessions and its router. Only wires. */
public final class ProxyVerticle extends VerticleBase {

  /** How often deadlines are looked at. */
  private static final long TICK_MILLIS = 20;

  /** How often idle sessions are looked for. */
  private static final long IDLE_TICK_MILLIS = 500;

  private final Proxy proxy;
  private final DeadlineQueue deadlines;
  private @Nullable Listeners listeners;
  private @Nullable Runnable subscription;

  ProxyVerticle(Proxy proxy) {
    this.proxy = proxy;
    this.deadlines = new DeadlineQueue(proxy.config().time());
  }

  @Override
  public Future<?> start() {
    int inboxNumber = proxy.newInbox();
    LoopMetrics metrics = proxy.metrics().newLoop();
    EventBusTransport transport = new EventBusTransport(vertx.eventBus());
    Router router = new Router(proxy.routerContext(), transport, metrics, inboxNumber);
    Listeners opened =
        new Listeners(
            vertx,
            context,
            sessionContext(router, metrics),
            proxy.config().directory(),
            proxy.config().connections());
    listeners = opened;
    MessageConsumer<Frame> inbox = vertx.eventBus().consumer(BusAddress.inbox(inboxNumber));
    inbox.handler(message -> router.received(message.body()));
    vertx.setPeriodic(
        TICK_MILLIS,
        tick -> {
          router.expire();
          deadlines.run();
        });
    vertx.setPeriodic(IDLE_TICK_MILLIS, tick -> opened.closeIdle(proxy.config().time().nanos()));
    Context loop = context;
    subscription =
        proxy
            .config()
            .directory()
            .subscribe(tenants -> loop.runOnContext(v -> opened.refresh(tenants)));
    return inbox
        .completion()
        .compose(v -> opened.open(proxy.config().listeners()))
        .onSuccess(v -> proxy.opened(opened));
  }

  private SessionContext sessionContext(Router router, LoopMetrics metrics) {
    Context loop = context;
    Turn turn = new Turn(task -> loop.runOnContext(v -> task.run()), router);
    return new SessionContext(
        router,
        turn,
        deadlines,
        proxy.authenticator(),
        proxy.throttle(),
        proxy.codecs(),
        proxy.config().sessionLimits(),
        metrics,
        proxy.metrics(),
        proxy.config().time(),
        proxy.versionText(),
        proxy.log());
  }

  /** Closes the ports, lets what is in flight be answered, and closes the connections. */
  @Override
  public Future<?> stop() {
    if (subscription != null) {
      subscription.run();
    }
    return listeners == null ? Future.succeededFuture() : listeners.close();
  }
}

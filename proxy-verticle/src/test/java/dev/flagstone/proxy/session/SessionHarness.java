package dev.flagstone.proxy.session;

import dev.flagstone.bus.Frame;
import dev.flagstone.log.RateLimitedLog;
import dev.flagstone.protocol.Protocol;
import dev.flagstone.protocol.binary.BinaryCodec;
import dev.flagstone.protocol.line.LineCodec;
import dev.flagstone.proxy.auth.Authenticator;
import dev.flagstone.proxy.auth.LoginThrottle;
import dev.flagstone.proxy.metric.LoopMetrics;
import dev.flagstone.proxy.metric.ProxyCounter;
import dev.flagstone.proxy.metric.ProxyMetrics;
import dev.flagstone.proxy.route.RouteLimits;
import dev.flagstone.proxy.route.Router;
import dev.flagstone.proxy.route.RouterContext;
import dev.flagstone.slot.KeyHash;
import dev.flagstone.slot.NodeId;
import dev.flagstone.slot.SlotMap;
import dev.flagstone.tenancy.Cache;
import dev.flagstone.tenancy.CacheDirectory;
import dev.flagstone.tenancy.CacheId;
import dev.flagstone.tenancy.Capability;
import dev.flagstone.tenancy.Credential;
import dev.flagstone.tenancy.Quota;
import dev.flagstone.tenancy.Tenants;
import dev.flagstone.tenancy.Verifier;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * One proxy loop without sockets, bus or time: the test brings bytes, ends turns, has batches
 * executed or lost, and lets time pass.
 */
final class SessionHarness implements CacheDirectory {

  static final int SHARDS = 3;

  final FakeTime time = new FakeTime();
  final ModelShards shards = new ModelShards(time);
  final ProxyMetrics metrics = new ProxyMetrics(new SimpleMeterRegistry());
  final Cache first = cache(1, "first", "alice", EnumSet.allOf(Capability.class));
  final Cache second = cache(2, "second", "bob", EnumSet.allOf(Capability.class));
  final Cache readOnly = cache(3, "read-only", "carol", EnumSet.noneOf(Capability.class));
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private final List<FakeChannel> channels = new ArrayList<>();
  private final Router router;
  private final SessionContext context;
  private Tenants tenants = new Tenants(1, List.of(first, second, readOnly));

  SessionHarness() {
    this(SessionLimits.DEFAULT, RouteLimits.DEFAULT);
  }

  SessionHarness(SessionLimits sessionLimits, RouteLimits routeLimits) {
    SlotMap slotMap = SlotMap.ofOneNode(1, new NodeId("d"), SHARDS);
    RouterContext routing = new RouterContext(new KeyHash(1, 2), slotMap, routeLimits, time);
    LoopMetrics loop = metrics.newLoop();
    router = new Router(routing, shards, loop, 7);
    context =
        new SessionContext(
            router,
            new Turn(tasks::add, router),
            time,
            new Authenticator(this, new byte[Verifier.SALT_BYTES]),
            new LoginThrottle(time),
            new Codecs(
                Map.of(
                    Protocol.TEXT, new LineCodec("1.6.45 flagstone/test"),
                    Protocol.BINARY, new BinaryCodec("1.6.45 flagstone/test"))),
            sessionLimits,
            loop,
            metrics,
            time,
            "1.6.45 flagstone/test",
            new RateLimitedLog(LoggerFactory.getLogger("test"), time));
  }

  static Cache cache(int id, String name, String username, EnumSet<Capability> capabilities) {
    Verifier verifier =
        Verifier.of(
            (username + "-password").getBytes(StandardCharsets.US_ASCII),
            new byte[Verifier.SALT_BYTES]);
    return new Cache(
        new CacheId(id),
        name,
        new Quota(64L << 20),
        List.of(new Credential(username, verifier, capabilities, true)));
  }

  /** A connection to a listener that is bound to the cache. */
  FakeChannel connectBound(Cache cache) {
    return connect(Identity.bound(cache), "127.0.0.1");
  }

  /** A connection that must log in. */
  FakeChannel connect() {
    return connectFrom("127.0.0.1");
  }

  FakeChannel connectFrom(String address) {
    return connect(null, address);
  }

  private FakeChannel connect(@Nullable Identity identity, String address) {
    FakeChannel channel = new FakeChannel();
    Session session = new Session(context, channel, identity, address(address));
    channel.attach(session);
    channels.add(channel);
    return channel;
  }

  /** A connection that has logged in. */
  FakeChannel login(String username) {
    FakeChannel channel = connect();
    String password = username + "-password";
    exchange(channel, "set " + username + " 0 0 " + password.length() + "\r\n" + password + "\r\n");
    return channel;
  }

  private static InetAddress address(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  void receive(FakeChannel channel, String text) {
    receive(channel, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  void receive(FakeChannel channel, byte[] bytes) {
    if (!channel.isClosed()) {
      byte[] surrounded = new byte[bytes.length + 7];
      System.arraycopy(bytes, 0, surrounded, 3, bytes.length);
      channel.session().received(surrounded, 3, bytes.length);
      Arrays.fill(surrounded, (byte) '#');
    }
  }

  /** Runs what was put off to the end of the turn. */
  void endTurn() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  /** Ends turns and has batches executed until nothing moves any more. */
  void settle() {
    for (int i = 0; i < 100_000; i++) {
      endTurn();
      ModelShards.Sent sent = shards.poll();
      if (sent == null) {
        return;
      }
      deliver(shards.execute(sent));
    }
    throw new AssertionError("it never settles");
  }

  /** Sends, settles, and returns what was answered. */
  String exchange(FakeChannel channel, String text) {
    receive(channel, text);
    settle();
    return channel.takeText();
  }

  /** The same in bytes. */
  byte[] exchange(FakeChannel channel, byte[] bytes) {
    receive(channel, bytes);
    settle();
    return channel.takeOutput();
  }

  /** Hands a batch reply to the router. */
  void deliver(Frame reply) {
    router.received(reply);
  }

  void advance(long millis) {
    time.advance(millis).forEach(Runnable::run);
    router.expire();
    endTurn();
  }

  void replaceTenants(Cache... caches) {
    tenants = new Tenants(tenants.version() + 1, List.of(caches));
    for (FakeChannel channel : List.copyOf(channels)) {
      if (!channel.isClosed()) {
        channel.session().refresh(tenants);
      }
    }
    settle();
  }

  int inflightRequests() {
    return router.inflightRequests();
  }

  long count(ProxyCounter counter) {
    return metrics.sum(counter);
  }

  void assertConsistent() {
    for (FakeChannel channel : channels) {
      channel.session().assertConsistent();
    }
  }

  @Override
  public Tenants tenants() {
    return tenants;
  }

  @Override
  public Runnable subscribe(Consumer<Tenants> listener) {
    return () -> {};
  }
}

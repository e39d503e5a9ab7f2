package dev.flagstone.proxy.socket;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;

/**
 * The pace at which a listener accepts: a token bucket in the pipeline of the accepting socket.
 *
 * <p>When the bucket is empty, the socket is read no further until there are tokens again; who
 * connects meanwhile waits in the kernel's queue. Nobody is refused, and the event loops that serve
 * get new connections no faster than they can welcome them.
 */
final class AcceptGate extends ChannelInboundHandlerAdapter {

  private static final String NAME = "flagstone-accept";

  /** A pause is long enough for this many tokens, so that its timer is worth its while. */
  private static final int TOKENS_PER_PAUSE = 16;

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final long nanosPerToken;
  private final long fullNanos;
  private long emptySinceNanos;

  /** The bucket is full at first. */
  private AcceptGate(ConnectionRules rules, long nowNanos) {
    nanosPerToken = NANOS_PER_SECOND / rules.acceptsPerSecond();
    fullNanos = nanosPerToken * rules.acceptBurst();
    emptySinceNanos = nowNanos - fullNanos;
  }

  /**
   * Puts a gate before the acceptor that has brought this connection, unless there is one. Vert.x
   * names its acceptors to nobody, so the first connection has to show where they are.
   */
  static void before(Channel acceptor, ConnectionRules rules) {
    if (rules.acceptsPerSecond() > 0) {
      acceptor
          .eventLoop()
          .execute(
              () -> {
                if (acceptor.pipeline().get(NAME) == null) {
                  acceptor.pipeline().addFirst(NAME, new AcceptGate(rules, System.nanoTime()));
                }
              });
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object connection) {
    ctx.fireChannelRead(connection);
    long now = System.nanoTime();
    // The bucket holds as many tokens as fit into the time since it was empty.
    emptySinceNanos = Math.max(emptySinceNanos, now - fullNanos) + nanosPerToken;
    if (now - emptySinceNanos < nanosPerToken && ctx.channel().config().isAutoRead()) {
      pause(ctx);
    }
  }

  private void pause(ChannelHandlerContext ctx) {
    ctx.channel().config().setAutoRead(false);
    var unused =
        ctx.executor()
            .schedule(
                () -> ctx.channel().config().setAutoRead(true),
                nanosPerToken * TOKENS_PER_PAUSE,
                TimeUnit.NANOSECONDS);
  }
}

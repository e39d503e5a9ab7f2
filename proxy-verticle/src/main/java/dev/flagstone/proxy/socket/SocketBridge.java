package dev.flagstone.proxy.socket;

import dev.flagstone.protocol.ByteSink;
import dev.flagstone.proxy.session.Session;
import dev.flagstone.proxy.session.SessionChannel;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.internal.ContextInternal;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The bridge between one socket and its session, in the place of Vert.x's own handler.
 *
 * <p>Vert.x accepts, encrypts and closes; the bytes take this shorter way, because {@code
 * NetSocket.handler} makes a heap buffer and a queue entry of each read, and flushes each write.
 */
final class SocketBridge extends ChannelInboundHandlerAdapter implements SessionChannel {

  private final LoopScratch scratch;
  private final ContextInternal loop;
  private final Consumer<SocketBridge> gone;
  private @Nullable ChannelHandlerContext context;
  private @Nullable Session session;
  private boolean received = true;
  private long quietSinceNanos;

  SocketBridge(LoopScratch scratch, ContextInternal loop, Consumer<SocketBridge> gone) {
    this.scratch = scratch;
    this.loop = loop;
    this.gone = gone;
  }

  /** Names the session that gets what the socket brings. */
  void attach(Session attached) {
    session = attached;
  }

  /** The session that it serves. */
  Session session() {
    Session attached = session;
    if (attached == null) {
      throw new IllegalStateException("a socket without a session");
    }
    return attached;
  }

  /**
   * Tells whether nothing has come for this long. Time is taken when this is asked, not with each
   * read, so the answer may come late by as long as nobody asked.
   */
  boolean isIdle(long nowNanos, long limitNanos) {
    if (received) {
      received = false;
      quietSinceNanos = nowNanos;
    }
    return nowNanos - quietSinceNanos >= limitNanos;
  }

  private ChannelHandlerContext context() {
    ChannelHandlerContext own = context;
    if (own == null) {
      throw new IllegalStateException("a bridge that is in no pipeline");
    }
    return own;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof ByteBuf buffer)) {
      ReferenceCountUtil.release(message);
      return;
    }
    received = true;
    ContextInternal outer = loop.beginDispatch();
    try {
      while (buffer.isReadable()) {
        int count = Math.min(buffer.readableBytes(), scratch.bytes().length);
        buffer.readBytes(scratch.bytes(), 0, count);
        session().received(scratch.bytes(), 0, count);
      }
    } finally {
      loop.endDispatch(outer);
      buffer.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    // Nothing waits for it: batches and writes go out at the end of the loop's turn.
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent || event instanceof SslCloseCompletionEvent) {
      inContext(Session::inputClosed);
    } else if (!(event instanceof ChannelInputShutdownReadComplete)) {
      ctx.fireUserEventTriggered(event);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    boolean writable = ctx.channel().isWritable();
    inContext(session -> session.writable(writable));
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    inContext(Session::closed);
    gone.accept(this);
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // A reset by the peer, or a handshake that failed: nothing to tell anybody, and nothing to
    // keep.
    var unused = ctx.close();
  }

  /** Runs what may send messages or set timers, which Vert.x ties to the context that it finds. */
  private void inContext(Consumer<Session> action) {
    ContextInternal outer = loop.beginDispatch();
    try {
      action.accept(session());
    } finally {
      loop.endDispatch(outer);
    }
  }

  @Override
  public void write(ByteSink bytes) {
    ChannelHandlerContext ctx = context();
    ByteBuf buffer = ctx.alloc().directBuffer(bytes.length());
    buffer.writeBytes(bytes.array(), 0, bytes.length());
    var unused = ctx.writeAndFlush(buffer, ctx.voidPromise());
  }

  @Override
  public void setReading(boolean reading) {
    context().channel().config().setAutoRead(reading);
  }

  @Override
  public void close() {
    context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void abort() {
    var unused = context().close();
  }
}

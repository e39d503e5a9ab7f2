package dev.flagstone.proxy.socket;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * A connection that is told that it is one too many, in the protocol's oldest words, since nobody
 * knows yet which one it speaks.
 *
 * <p>It is not closed at once: closing with unread bytes makes the kernel send a reset, which
 * overtakes what was said. Its sending half is closed, and the whole when the client has closed
 * too, or after a second.
 */
final class RefusedSocket extends ChannelInboundHandlerAdapter {

  private static final byte[] REFUSAL =
      "SERVER_ERROR too many open connections\r\n".getBytes(US_ASCII);
  private static final long LINGER_MILLIS = 1_000;

  private final Runnable gone;

  /**
   * Makes the handler of one such connection.
   *
   * @param gone called when it is closed
   */
  RefusedSocket(Runnable gone) {
    this.gone = gone;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    ctx.writeAndFlush(Unpooled.wrappedBuffer(REFUSAL))
        .addListener(
            written -> {
              if (ctx.channel() instanceof DuplexChannel duplex
                  && ctx.pipeline().get("ssl") == null) {
                var unused = duplex.shutdownOutput();
              } else {
                close(ctx);
              }
            });
    var unused = ctx.executor().schedule(() -> close(ctx), LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ReferenceCountUtil.release(message);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      close(ctx);
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    gone.run();
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    close(ctx);
  }

  private static void close(ChannelHandlerContext ctx) {
    var unused = ctx.close();
  }
}

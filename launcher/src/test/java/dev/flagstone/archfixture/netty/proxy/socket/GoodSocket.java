package dev.flagstone.archfixture.netty.proxy.socket;

import io.netty.buffer.ByteBuf;

public final class GoodSocket {
  ByteBuf used1;
}

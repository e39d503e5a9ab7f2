package dev.flagstone.archfixture.netty.proxy;

import io.netty.buffer.ByteBuf;

public final class BadProxy {
  ByteBuf used1;
}

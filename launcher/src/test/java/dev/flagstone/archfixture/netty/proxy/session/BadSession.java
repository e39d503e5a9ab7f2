package dev.flagstone.archfixture.netty.proxy.session;

import io.netty.buffer.ByteBuf;

public final class BadSession {
  ByteBuf used1;
}

package dev.flagstone.archfixture.netty.bus;

import io.netty.buffer.ByteBuf;

public final class BadFrame {
  ByteBuf used1;
}

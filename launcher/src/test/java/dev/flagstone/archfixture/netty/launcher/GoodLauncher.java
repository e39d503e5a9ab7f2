package dev.flagstone.archfixture.netty.launcher;

import io.netty.buffer.ByteBuf;

public final class GoodLauncher {
  ByteBuf used1;
}

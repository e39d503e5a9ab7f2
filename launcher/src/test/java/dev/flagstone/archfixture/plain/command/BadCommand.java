package dev.flagstone.archfixture.plain.command;

import io.netty.buffer.ByteBuf;

public final class BadCommand {
  ByteBuf used1;
}

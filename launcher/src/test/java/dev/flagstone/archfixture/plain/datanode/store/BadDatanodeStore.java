package dev.flagstone.archfixture.plain.datanode.store;

import io.netty.buffer.ByteBuf;

public final class BadDatanodeStore {
  ByteBuf used1;
}

package dev.flagstone.archfixture.netty.datanode.cluster;

import io.netty.buffer.ByteBuf;

public final class BadCluster {
  ByteBuf used1;
}

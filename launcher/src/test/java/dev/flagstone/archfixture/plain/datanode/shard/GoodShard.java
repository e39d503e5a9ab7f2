package dev.flagstone.archfixture.plain.datanode.shard;

import io.vertx.core.Vertx;

public final class GoodShard {
  Vertx used1;
}

package dev.flagstone.archfixture.store.datanode.store;

import dev.flagstone.archfixture.store.datanode.shard.GoodShard;

public final class BadShardUser {
  GoodShard used1;
}

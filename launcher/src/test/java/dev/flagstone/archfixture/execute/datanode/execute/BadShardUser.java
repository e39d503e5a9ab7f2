package dev.flagstone.archfixture.execute.datanode.execute;

import dev.flagstone.archfixture.execute.datanode.shard.GoodShard;

public final class BadShardUser {
  GoodShard used1;
}

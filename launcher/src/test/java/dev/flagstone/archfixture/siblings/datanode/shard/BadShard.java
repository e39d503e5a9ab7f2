package dev.flagstone.archfixture.siblings.datanode.shard;

import dev.flagstone.archfixture.siblings.proxy.GoodProxy;

public final class BadShard {
  GoodProxy used1;
}

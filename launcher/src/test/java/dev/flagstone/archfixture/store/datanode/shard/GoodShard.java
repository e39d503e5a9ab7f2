package dev.flagstone.archfixture.store.datanode.shard;

public final class GoodShard {}

package dev.flagstone.archfixture.execute.datanode.shard;

public final class GoodShard {}

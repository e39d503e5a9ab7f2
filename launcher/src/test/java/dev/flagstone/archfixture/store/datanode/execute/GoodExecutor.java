package dev.flagstone.archfixture.store.datanode.execute;

public final class GoodExecutor {}

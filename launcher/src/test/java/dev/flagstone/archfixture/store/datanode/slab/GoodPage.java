package dev.flagstone.archfixture.store.datanode.slab;

public final class GoodPage {}

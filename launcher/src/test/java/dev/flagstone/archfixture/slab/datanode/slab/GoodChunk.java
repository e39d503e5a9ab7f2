package dev.flagstone.archfixture.slab.datanode.slab;

public final class GoodChunk {}

package dev.flagstone.archfixture.slab.datanode;

public final class GoodNode {}

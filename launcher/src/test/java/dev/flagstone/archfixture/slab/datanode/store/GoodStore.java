package dev.flagstone.archfixture.slab.datanode.store;

public final class GoodStore {}

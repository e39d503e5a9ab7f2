package dev.flagstone.archfixture.execute.datanode.store;

public final class GoodStore {}

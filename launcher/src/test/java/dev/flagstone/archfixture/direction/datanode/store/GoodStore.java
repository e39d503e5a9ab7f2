package dev.flagstone.archfixture.direction.datanode.store;

public final class GoodStore {}

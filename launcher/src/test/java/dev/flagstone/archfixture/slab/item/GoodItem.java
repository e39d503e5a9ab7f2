package dev.flagstone.archfixture.slab.item;

public final class GoodItem {}

package dev.flagstone.archfixture.direction.item;

public final class GoodItem {}

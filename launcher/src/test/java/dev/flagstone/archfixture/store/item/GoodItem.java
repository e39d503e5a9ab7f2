package dev.flagstone.archfixture.store.item;

public final class GoodItem {}

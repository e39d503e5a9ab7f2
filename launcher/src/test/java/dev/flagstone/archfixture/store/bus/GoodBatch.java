package dev.flagstone.archfixture.store.bus;

public final class GoodBatch {}

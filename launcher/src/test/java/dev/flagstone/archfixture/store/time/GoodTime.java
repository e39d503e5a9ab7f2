package dev.flagstone.archfixture.store.time;

public final class GoodTime {}

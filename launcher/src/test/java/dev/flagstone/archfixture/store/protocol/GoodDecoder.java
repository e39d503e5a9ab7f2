package dev.flagstone.archfixture.store.protocol;

public final class GoodDecoder {}

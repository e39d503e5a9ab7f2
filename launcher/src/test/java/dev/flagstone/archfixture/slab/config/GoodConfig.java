package dev.flagstone.archfixture.slab.config;

public final class GoodConfig {}

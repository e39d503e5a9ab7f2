package dev.flagstone.archfixture.siblings.proxy;

public final class GoodProxy {}

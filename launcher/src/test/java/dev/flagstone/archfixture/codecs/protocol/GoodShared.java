package dev.flagstone.archfixture.codecs.protocol;

public final class GoodShared {}

package dev.flagstone.archfixture.siblings.status;

public final class GoodStatus {}

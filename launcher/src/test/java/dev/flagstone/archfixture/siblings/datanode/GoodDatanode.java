package dev.flagstone.archfixture.siblings.datanode;

public final class GoodDatanode {}

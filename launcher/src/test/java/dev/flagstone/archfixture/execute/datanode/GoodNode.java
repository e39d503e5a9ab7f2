package dev.flagstone.archfixture.execute.datanode;

public final class GoodNode {}

package dev.flagstone.archfixture.execute.datanode.cluster;

public final class GoodCluster {}

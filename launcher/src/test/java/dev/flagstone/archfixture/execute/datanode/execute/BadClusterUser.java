package dev.flagstone.archfixture.execute.datanode.execute;

import dev.flagstone.archfixture.execute.datanode.cluster.GoodCluster;

public final class BadClusterUser {
  GoodCluster used1;
}

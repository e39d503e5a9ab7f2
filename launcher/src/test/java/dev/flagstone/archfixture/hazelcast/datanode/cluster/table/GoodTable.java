package dev.flagstone.archfixture.hazelcast.datanode.cluster.table;

import com.hazelcast.core.HazelcastInstance;

public final class GoodTable {
  HazelcastInstance used1;
}

package dev.flagstone.archfixture.plain.datanode.execute;

import com.hazelcast.core.HazelcastInstance;

public final class BadDatanodeExecute {
  HazelcastInstance used1;
}

package dev.flagstone.archfixture.hazelcast.datanode;

import com.hazelcast.core.HazelcastInstance;

public final class BadNode {
  HazelcastInstance used1;
}

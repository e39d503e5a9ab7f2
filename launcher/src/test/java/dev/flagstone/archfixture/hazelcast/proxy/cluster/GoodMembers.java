package dev.flagstone.archfixture.hazelcast.proxy.cluster;

import com.hazelcast.core.HazelcastInstance;

public final class GoodMembers {
  HazelcastInstance used1;
}

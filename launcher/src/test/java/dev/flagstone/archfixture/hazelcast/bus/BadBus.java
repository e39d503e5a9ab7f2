package dev.flagstone.archfixture.hazelcast.bus;

import com.hazelcast.core.HazelcastInstance;

public final class BadBus {
  HazelcastInstance used1;
}

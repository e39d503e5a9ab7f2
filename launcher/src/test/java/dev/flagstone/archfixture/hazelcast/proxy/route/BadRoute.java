package dev.flagstone.archfixture.hazelcast.proxy.route;

import com.hazelcast.core.HazelcastInstance;

public final class BadRoute {
  HazelcastInstance used1;
}

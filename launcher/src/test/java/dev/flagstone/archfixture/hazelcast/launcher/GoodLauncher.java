package dev.flagstone.archfixture.hazelcast.launcher;

import com.hazelcast.core.HazelcastInstance;

public final class GoodLauncher {
  HazelcastInstance used1;
}

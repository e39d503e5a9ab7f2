package dev.flagstone.archfixture.plain.slot;

import com.hazelcast.core.HazelcastInstance;

public final class BadSlot {
  HazelcastInstance used1;
}

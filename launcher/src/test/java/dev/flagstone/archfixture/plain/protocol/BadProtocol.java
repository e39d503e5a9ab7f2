package dev.flagstone.archfixture.plain.protocol;

import com.hazelcast.core.HazelcastInstance;

public final class BadProtocol {
  HazelcastInstance used1;
}

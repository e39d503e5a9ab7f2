package dev.flagstone.archfixture.confined.datanode.shard;

import java.util.concurrent.locks.ReentrantLock;

public final class BadLock {
  ReentrantLock used1;
}

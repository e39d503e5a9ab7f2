package dev.flagstone.archfixture.confined.datanode.cluster;

import java.util.concurrent.locks.ReentrantLock;

public final class GoodLock {
  ReentrantLock used;

  synchronized void work() throws InterruptedException {
    Thread.sleep(1);
  }
}

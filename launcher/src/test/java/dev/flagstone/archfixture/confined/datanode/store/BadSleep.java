package dev.flagstone.archfixture.confined.datanode.store;

public final class BadSleep {
  void work() throws InterruptedException {
    Thread.sleep(1);
  }
}

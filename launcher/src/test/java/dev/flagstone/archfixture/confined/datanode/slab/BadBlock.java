package dev.flagstone.archfixture.confined.datanode.slab;

public final class BadBlock {
  void work() throws InterruptedException {
    synchronized (this) {
      wait();
    }
  }
}

package dev.flagstone.archfixture.streams.datanode.store;

public final class BadTrace {
  void work(Exception e) {
    e.printStackTrace();
  }
}

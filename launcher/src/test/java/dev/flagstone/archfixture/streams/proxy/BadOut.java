package dev.flagstone.archfixture.streams.proxy;

public final class BadOut {
  void work() {
    System.out.println();
  }
}

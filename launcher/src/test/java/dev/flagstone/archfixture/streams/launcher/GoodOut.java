package dev.flagstone.archfixture.streams.launcher;

public final class GoodOut {
  void work() {
    System.out.println();
  }
}

package dev.flagstone.archfixture.confined.datanode.execute;

public final class BadStampedLock {
  java.util.concurrent.locks.StampedLock used;
}

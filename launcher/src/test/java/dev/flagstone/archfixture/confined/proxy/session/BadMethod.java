package dev.flagstone.archfixture.confined.proxy.session;

public final class BadMethod {
  synchronized void work() {}
}

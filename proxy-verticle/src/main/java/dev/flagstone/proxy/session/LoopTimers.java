package dev.flagstone.proxy.session;

/** Runs something on the session's loop later. */
@FunctionalInterface
public interface LoopTimers {

  /** Runs the task once, {@code millis} (1 or more) from now. */
  void after(long millis, Runnable task);
}

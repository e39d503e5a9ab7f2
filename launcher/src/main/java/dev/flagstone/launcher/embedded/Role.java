package dev.flagstone.launcher.embedded;

import io.vertx.core.Future;

/** A part of the process that starts and stops as one: a data node, a proxy. */
public interface Role {

  /** What it is called in messages, such as {@code data node}. */
  String name();

  /** Starts it; completes when it serves. Called once. */
  Future<?> start();

  /**
   * Ends it: in-flight work first; completes when it holds nothing any more. Called at most once.
   */
  Future<?> stop();
}

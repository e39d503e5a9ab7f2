package dev.flagstone.datanode.shard;

import java.util.Locale;

/** What a shard counts of its batches. */
public enum ShardCounter {
  /** Batches executed. */
  BATCHES("batches executed"),
  /** Requests executed. */
  REQUESTS("requests executed"),
  /** Requests refused because their deadline had passed. */
  EXPIRED_REQUESTS("requests that came after their deadline and were not executed"),
  /** Batches dropped because they contradicted themselves. */
  MALFORMED_BATCHES("batches that contradicted themselves"),
  /** Requests that ended in a bug. */
  REQUEST_BUGS("requests that ended in a bug");

  static final int COUNT = values().length;

  private final String description;

  ShardCounter(String description) {
    this.description = description;
  }

  /** The name under which the metric is published. */
  public String metricName() {
    return "flagstone.shard." + name().toLowerCase(Locale.ROOT).replace('_', '.');
  }

  /** What is counted, in a few words. */
  public String description() {
    return description;
  }
}

package dev.flagstone.proxy.route;

/**
 * What the router allows itself towards one shard.
 *
 * @param maxBatchRequests requests after which a batch is sent before the turn ends
 * @param maxBatchBytes bytes after which it is
 * @param maxInflightBatches batches that may be unanswered
 * @param maxInflightRequests requests that may be unanswered: beyond it they are shed
 * @param maxInflightBytes bytes of unanswered batches: beyond it they are shed
 * @param deadlineMillis how long a request may take before it is given up
 */
public record RouteLimits(
    int maxBatchRequests,
    int maxBatchBytes,
    int maxInflightBatches,
    int maxInflightRequests,
    long maxInflightBytes,
    long deadlineMillis) {

  /** The limits that hold unless an operator says otherwise. */
  public static final RouteLimits DEFAULT =
      new RouteLimits(1024, 256 * 1024, 256, 64 * 1024, 64L << 20, 1_000);

  public RouteLimits {
    if (maxBatchRequests < 1
        || maxBatchBytes < 1
        || maxInflightBatches < 1
        || maxInflightRequests < maxBatchRequests
        || maxInflightBytes < maxBatchBytes
        || deadlineMillis < 1) {
      throw new IllegalArgumentException("route limits contradict each other");
    }
  }
}

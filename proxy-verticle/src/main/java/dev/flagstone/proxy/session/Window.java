package dev.flagstone.proxy.session;

/**
 * How many requests of a session may be unanswered: fewer, the larger its values are.
 *
 * <p>Nobody knows how large a value is before it comes, so the window follows the sizes seen: at
 * once when they grow, slowly when they shrink. It keeps the product of both within {@link
 * SessionLimits#maxInflightBytes}, so a client that pipelines reads of large values cannot make the
 * proxy hold a thousand of them.
 */
final class Window {

  /** What is assumed of the first values, in bytes. */
  private static final int FIRST_ESTIMATE_BYTES = 16 * 1024;

  private static final int MIN_REQUESTS = 2;
  private static final int DECAY_SHIFT = 4;

  private final SessionLimits limits;
  private int estimateBytes = FIRST_ESTIMATE_BYTES;
  private int requests;

  Window(SessionLimits limits) {
    this.limits = limits;
    this.requests = requestsFor(estimateBytes);
  }

  /** How many requests may be unanswered. */
  int requests() {
    return requests;
  }

  /** A request carries a value of this length. */
  void expect(int valueLength) {
    if (valueLength > estimateBytes) {
      change(valueLength);
    }
  }

  /** A reply has carried a value of this length. */
  void observe(int valueLength) {
    if (valueLength > estimateBytes) {
      change(valueLength);
    } else if (requests < limits.maxInflightRequests()) {
      change(estimateBytes - ((estimateBytes - valueLength) >> DECAY_SHIFT));
    }
  }

  private void change(int newEstimateBytes) {
    estimateBytes = newEstimateBytes;
    requests = requestsFor(newEstimateBytes);
  }

  private int requestsFor(int bytes) {
    int fit = limits.maxInflightBytes() / Math.max(1, bytes);
    return Math.max(
        Math.min(MIN_REQUESTS, limits.maxInflightRequests()),
        Math.min(limits.maxInflightRequests(), fit));
  }
}

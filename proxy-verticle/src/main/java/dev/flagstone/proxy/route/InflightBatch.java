package dev.flagstone.proxy.route;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A batch that is being filled or has not been answered yet: who waits for which of its replies.
 * Reused.
 */
final class InflightBatch {

  private static final int FIRST_CAPACITY = 64;

  private @Nullable ReplyTarget[] targets = new ReplyTarget[FIRST_CAPACITY];
  private long[] tickets = new long[FIRST_CAPACITY];
  private int count;

  /** The batch's number, once it is sent. */
  long id;

  /** When it is given up, on the clock of {@code TimeSource.nanos}, once it is sent. */
  long deadlineNanos;

  /** The length of its frame, once it is sent. */
  int bytes;

  void add(ReplyTarget target, long ticket) {
    if (count == tickets.length) {
      targets = Arrays.copyOf(targets, count * 2);
      tickets = Arrays.copyOf(tickets, count * 2);
    }
    targets[count] = target;
    tickets[count] = ticket;
    count++;
  }

  int count() {
    return count;
  }

  ReplyTarget target(int index) {
    ReplyTarget target = targets[index];
    if (target == null) {
      throw new IllegalStateException("no target at " + index + " of " + count);
    }
    return target;
  }

  long ticket(int index) {
    return tickets[index];
  }

  void clear() {
    Arrays.fill(targets, 0, count, null);
    count = 0;
  }
}

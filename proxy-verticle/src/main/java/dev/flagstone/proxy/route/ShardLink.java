package dev.flagstone.proxy.route;

import dev.flagstone.bus.BatchWriter;
import dev.flagstone.bus.FramePool;
import dev.flagstone.command.ItemCommand;
import dev.flagstone.slot.ShardId;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * What one router has under way to one shard: the batch being filled, those unanswered, and the
 * credits that are left. A shard answers in order, so the unanswered ones are a queue.
 */
final class ShardLink {

  private static final int MAX_SPARE = 16;

  final int index;
  final ShardId shard;
  final BatchWriter writer;
  private final RouteLimits limits;
  private final ArrayDeque<InflightBatch> inflight = new ArrayDeque<>();
  private final ArrayDeque<InflightBatch> spare = new ArrayDeque<>();
  private InflightBatch open = new InflightBatch();
  private int inflightRequests;
  private long inflightBytes;

  ShardLink(int index, ShardId shard, RouteLimits limits, FramePool pool) {
    this.index = index;
    this.shard = shard;
    this.limits = limits;
    this.writer = new BatchWriter(pool);
  }

  /** Tells whether the shard's credits allow one request more of this many bytes. */
  boolean hasCredit(int bytes) {
    return inflightRequests + open.count() < limits.maxInflightRequests()
        && inflightBytes + writer.length() + bytes <= limits.maxInflightBytes()
        && inflight.size() < limits.maxInflightBatches();
  }

  void add(ItemCommand command, ReplyTarget target, long ticket) {
    writer.add(command);
    open.add(target, ticket);
  }

  boolean isEmpty() {
    return open.count() == 0;
  }

  boolean isFull() {
    return open.count() >= limits.maxBatchRequests() || writer.length() >= limits.maxBatchBytes();
  }

  /** Turns the batch being filled into an unanswered one. */
  InflightBatch dispatch(long id, long deadlineNanos) {
    InflightBatch batch = open;
    batch.id = id;
    batch.deadlineNanos = deadlineNanos;
    batch.bytes = writer.length();
    inflight.addLast(batch);
    inflightRequests += batch.count();
    inflightBytes += batch.bytes;
    InflightBatch next = spare.pollLast();
    open = next == null ? new InflightBatch() : next;
    return batch;
  }

  /** Takes the unanswered batch with this number, or null if nobody waits for it any more. */
  @Nullable InflightBatch take(long id) {
    InflightBatch first = inflight.peekFirst();
    if (first != null && first.id == id) {
      inflight.removeFirst();
      return settled(first);
    }
    for (Iterator<InflightBatch> all = inflight.iterator(); all.hasNext(); ) {
      InflightBatch batch = all.next();
      if (batch.id == id) {
        all.remove();
        return settled(batch);
      }
    }
    return null;
  }

  /** Takes the oldest unanswered batch if its deadline has passed. */
  @Nullable InflightBatch takeExpired(long nanos) {
    InflightBatch first = inflight.peekFirst();
    if (first == null || first.deadlineNanos - nanos > 0) {
      return null;
    }
    inflight.removeFirst();
    return settled(first);
  }

  /** Takes a batch back for reuse, when all who waited have been told. */
  void recycle(InflightBatch batch) {
    batch.clear();
    if (spare.size() < MAX_SPARE) {
      spare.addLast(batch);
    }
  }

  int inflightRequests() {
    return inflightRequests;
  }

  int inflightBatches() {
    return inflight.size();
  }

  private InflightBatch settled(InflightBatch batch) {
    inflightRequests -= batch.count();
    inflightBytes -= batch.bytes;
    return batch;
  }
}

package dev.flagstone.proxy.route;

import dev.flagstone.bus.BatchHead;
import dev.flagstone.bus.BatchReplyReader;
import dev.flagstone.bus.Frame;
import dev.flagstone.bus.FramePool;
import dev.flagstone.bus.MalformedFrameException;
import dev.flagstone.command.ItemCommand;
import dev.flagstone.command.ItemReply;
import dev.flagstone.command.Status;
import dev.flagstone.proxy.metric.LoopMetrics;
import dev.flagstone.proxy.metric.ProxyCounter;
import dev.flagstone.slot.KeyHash;
import dev.flagstone.slot.ShardId;
import dev.flagstone.slot.Slot;
import dev.flagstone.slot.SlotMap;
import dev.flagstone.time.TimeSource;
import java.util.function.LongConsumer;

/**
 * The way from one event loop's sessions to the shards and back.
 *
 * <p>Requests are collected per shard until the loop's turn ends ({@link #flush}), so a shard gets
 * one message for all that the loop's sockets brought. Each request ends in exactly one call of its
 * {@link ReplyTarget}: answered, given up at the deadline, or refused because the shard's credits
 * are used up. Confined to its loop.
 */
public final class Router {

  private static final int LINK_BITS = 10;
  private static final int ENTRY_OVERHEAD_BYTES = 64;

  private final KeyHash keyHash;
  private final SlotMap slotMap;
  private final ShardTransport transport;
  private final TimeSource time;
  private final RouteLimits limits;
  private final LoopMetrics metrics;
  private final FramePool pool;
  private final int inbox;
  private final ShardLink[] links;
  private final ItemReply reply = new ItemReply();
  private final LongConsumer undeliverable = this::undeliverable;
  private long lastBatch;

  /**
   * Makes a router over the parts that all routers of a proxy share, for the loop of this context.
   */
  public Router(RouterContext context, ShardTransport transport, LoopMetrics metrics, int inbox) {
    this.keyHash = context.keyHash();
    this.slotMap = context.slotMap();
    this.time = context.time();
    this.limits = context.limits();
    this.transport = transport;
    this.metrics = metrics;
    this.inbox = inbox;
    this.pool = new FramePool();
    this.links = new ShardLink[slotMap.shards().size()];
    for (int i = 0; i < links.length; i++) {
      links[i] = new ShardLink(i, slotMap.shards().get(i), limits, pool);
    }
  }

  /** The loop's frames; whoever retained one releases it here. */
  public FramePool pool() {
    return pool;
  }

  /** How many shards there are: how many replies a {@link #broadcast} brings. */
  public int shardCount() {
    return links.length;
  }

  /** Sends a command about a key to the shard that holds it, in this turn's batch. */
  public void route(ItemCommand command, ReplyTarget target, long ticket) {
    long hash = keyHash.hash(command.cacheId, command.bytes, command.keyOffset, command.keyLength);
    command.hash = hash;
    add(links[slotMap.shardOf(Slot.of(hash))], command, target, ticket);
  }

  /**
   * Sends a command about a whole cache to every shard; the tickets are 0 up to {@link
   * #shardCount}.
   */
  public void broadcast(ItemCommand command, ReplyTarget target) {
    for (int i = 0; i < links.length; i++) {
      add(links[i], command, target, i);
    }
  }

  private void add(ShardLink link, ItemCommand command, ReplyTarget target, long ticket) {
    int size = ENTRY_OVERHEAD_BYTES + command.keyLength + command.valueLength;
    if (!link.hasCredit(size)) {
      metrics.count(ProxyCounter.SHED_REQUESTS);
      target.failed(ticket, Status.UNAVAILABLE);
      return;
    }
    link.add(command, target, ticket);
    if (link.isFull()) {
      send(link);
    }
  }

  /** Sends what the turn has collected. */
  public void flush() {
    for (ShardLink link : links) {
      if (!link.isEmpty()) {
        send(link);
      }
    }
  }

  private void send(ShardLink link) {
    long id = ++lastBatch << LINK_BITS | link.index;
    long deadlineNanos = time.nanos() + limits.deadlineMillis() * 1_000_000;
    InflightBatch batch = link.dispatch(id, deadlineNanos);
    metrics.count(ProxyCounter.BATCHES);
    metrics.count(ProxyCounter.BATCHED_REQUESTS, batch.count());
    long deadlineMillis = time.unixMillis() + limits.deadlineMillis();
    transport.send(
        link.shard,
        link.writer.finish(new BatchHead(id, slotMap.epoch(), deadlineMillis, inbox)),
        undeliverable);
  }

  /** Takes a batch reply, and takes the frame over. */
  public void received(Frame frame) {
    int index = (int) frame.batchId() & ((1 << LINK_BITS) - 1);
    ShardLink link = index < links.length ? links[index] : null;
    InflightBatch batch = link == null ? null : link.take(frame.batchId());
    if (link == null || batch == null) {
      metrics.count(ProxyCounter.LATE_REPLIES);
      pool.release(frame);
      return;
    }
    int told = 0;
    try {
      if (frame.kind() != Frame.KIND_REPLY || frame.count() != batch.count()) {
        throw new MalformedFrameException("not the reply to the batch");
      }
      int at = BatchReplyReader.FIRST;
      while (told < batch.count()) {
        int next = BatchReplyReader.read(frame, at, reply);
        int i = told++;
        batch.target(i).replied(batch.ticket(i), reply, frame, at);
        at = next;
      }
    } catch (MalformedFrameException e) {
      metrics.count(ProxyCounter.MALFORMED_REPLIES);
      fail(batch, told);
    }
    link.recycle(batch);
    pool.release(frame);
  }

  /** Gives up a batch that could not be sent. */
  private void undeliverable(long batchId) {
    ShardLink link = links[(int) batchId & ((1 << LINK_BITS) - 1)];
    InflightBatch batch = link.take(batchId);
    if (batch != null) {
      giveUp(link, batch);
    }
  }

  /** Gives up what has passed its deadline; to be called every few milliseconds. */
  public void expire() {
    long nanos = time.nanos();
    for (ShardLink link : links) {
      for (InflightBatch batch = link.takeExpired(nanos);
          batch != null;
          batch = link.takeExpired(nanos)) {
        giveUp(link, batch);
      }
    }
  }

  private void giveUp(ShardLink link, InflightBatch batch) {
    metrics.count(ProxyCounter.TIMED_OUT_REQUESTS, batch.count());
    fail(batch, 0);
    link.recycle(batch);
  }

  private static void fail(InflightBatch batch, int from) {
    for (int i = from; i < batch.count(); i++) {
      batch.target(i).failed(batch.ticket(i), Status.UNAVAILABLE);
    }
  }

  /** Requests that are unanswered now, over all shards. */
  public int inflightRequests() {
    int sum = 0;
    for (ShardLink link : links) {
      sum += link.inflightRequests();
    }
    return sum;
  }

  /** The shard at an index, for messages. */
  public ShardId shard(int index) {
    return links[index].shard;
  }
}

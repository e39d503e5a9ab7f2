package dev.flagstone.proxy.session;

import dev.flagstone.bus.BatchReader;
import dev.flagstone.bus.BatchReplyWriter;
import dev.flagstone.bus.Frame;
import dev.flagstone.bus.FramePool;
import dev.flagstone.command.ItemCommand;
import dev.flagstone.command.ItemReply;
import dev.flagstone.command.StatCounter;
import dev.flagstone.command.StatRows;
import dev.flagstone.command.Status;
import dev.flagstone.command.Verb;
import dev.flagstone.proxy.route.ShardTransport;
import dev.flagstone.slot.ShardId;
import dev.flagstone.testing.ModelCache;
import dev.flagstone.time.TimeSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Shards that are simple maps: batches wait until the test has them executed, or loses them. */
final class ModelShards implements ShardTransport {

  /** A batch that was sent and not executed. */
  record Sent(ShardId shard, Frame batch, LongConsumer undeliverable) {}

  private record Space(int shard, int cacheId) {}

  private final ArrayDeque<Sent> sent = new ArrayDeque<>();
  private final Map<Space, ModelCache> caches = new HashMap<>();
  private final Map<Space, Long> ages = new HashMap<>();
  private final TimeSource time;
  private final FramePool pool = new FramePool();
  private final BatchReader reader = new BatchReader();
  private final BatchReplyWriter writer = new BatchReplyWriter(pool);
  private int executedRequests;

  ModelShards(TimeSource time) {
    this.time = time;
  }

  @Override
  public void send(ShardId shard, Frame batch, LongConsumer undeliverable) {
    sent.add(new Sent(shard, batch, undeliverable));
  }

  /** The oldest batch that was sent and neither executed nor taken. */
  @Nullable Sent poll() {
    return sent.poll();
  }

  /** The oldest batch, which there must be. */
  Sent take() {
    return sent.remove();
  }

  int waiting() {
    return sent.size();
  }

  int executedRequests() {
    return executedRequests;
  }

  /** Executes a batch and returns the reply to it. */
  Frame execute(Sent batch) {
    long id = batch.batch().batchId();
    ItemCommand command = new ItemCommand();
    ItemReply reply = new ItemReply();
    reader.open(batch.batch());
    while (reader.next(command)) {
      executedRequests++;
      ModelCache cache = cache(batch.shard().index(), command.cacheId);
      answer(command, cache, reply);
      int at = writer.append(reply);
      if (reply.hasValue) {
        System.arraycopy(reply.bytes, reply.valueOffset, writer.array(), at, reply.valueLength);
      }
    }
    return writer.finish(id, 1);
  }

  private static void answer(ItemCommand command, ModelCache cache, ItemReply reply) {
    if (command.verb == Verb.FLUSH) {
      cache.flush((int) command.delta);
      reply.reset(Status.OK);
    } else if (command.verb == Verb.STATS) {
      reply.reset(Status.OK);
      reply.bytes = new byte[StatRows.ENTRY_BYTES];
      reply.valueLength = StatRows.put(reply.bytes, 0, 0, StatCounter.CURR_ITEMS, cache.size());
      reply.hasValue = true;
    } else if (command.verb == Verb.RESET_STATS) {
      reply.reset(Status.OK);
    } else {
      cache.execute(command, reply);
    }
  }

  private ModelCache cache(int shard, int cacheId) {
    Space space = new Space(shard, cacheId);
    ModelCache cache =
        caches.computeIfAbsent(
            space,
            s -> {
              ages.put(s, time.unixSeconds());
              return new ModelCache(time.unixSeconds());
            });
    long age = ages.getOrDefault(space, 0L);
    cache.advance(time.unixSeconds() - age);
    ages.put(space, time.unixSeconds());
    return cache;
  }
}

package dev.flagstone.datanode.shard;

import dev.flagstone.bus.BatchReader;
import dev.flagstone.bus.BatchReplyWriter;
import dev.flagstone.bus.Frame;
import dev.flagstone.bus.FramePool;
import dev.flagstone.bus.MalformedFrameException;
import dev.flagstone.command.ItemCommand;
import dev.flagstone.command.ItemReply;
import dev.flagstone.command.Status;
import dev.flagstone.datanode.execute.ShardExecutor;
import dev.flagstone.log.RateLimitedLog;
import dev.flagstone.time.TimeSource;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * One single-writer slice of a data node, as the bus sees it: a batch comes in, its requests are
 * carried out in order, and one batch reply goes out. Confined to its event loop.
 *
 * <p>A batch whose deadline has passed is not executed: whoever sent it has told its clients so
 * already.
 */
public final class Shard {

  /** How many requests are read ahead, so that the memory that they need is on its way. */
  private static final int WINDOW = 16;

  private final ShardExecutor executor;
  private final TimeSource time;
  private final RateLimitedLog log;
  private final long epoch;
  private final FramePool pool = new FramePool();
  private final BatchReader reader = new BatchReader();
  private final BatchReplyWriter writer = new BatchReplyWriter(pool);
  private final ItemCommand[] window = new ItemCommand[WINDOW];
  private final long[] hashes = new long[WINDOW];
  private final ItemReply refusal = new ItemReply();
  private final AtomicLongArray counters = new AtomicLongArray(ShardCounter.COUNT);

  /**
   * Makes a shard.
   *
   * @param epoch of the slot map that the shard serves under
   */
  public Shard(ShardExecutor executor, TimeSource time, RateLimitedLog log, long epoch) {
    this.executor = executor;
    this.time = time;
    this.log = log;
    this.epoch = epoch;
    Arrays.setAll(window, i -> new ItemCommand());
  }

  /**
   * Carries out a batch, and takes its frame over.
   *
   * @return the batch reply, which is the caller's; null if the batch contradicts itself, so that
   *     there is nobody to answer
   */
  public @Nullable Frame execute(Frame batch) {
    long id = batch.batchId();
    try {
      reader.open(batch);
      boolean late = time.unixMillis() > batch.deadlineMillis();
      for (int count = readAhead(); count > 0; count = readAhead()) {
        if (count > 1 && !late) {
          executor.warm(hashes, count);
        }
        for (int i = 0; i < count; i++) {
          execute(window[i], late);
        }
      }
      count(late ? ShardCounter.EXPIRED_REQUESTS : ShardCounter.REQUESTS, writer.count());
      count(ShardCounter.BATCHES, 1);
    } catch (MalformedFrameException e) {
      count(ShardCounter.MALFORMED_BATCHES, 1);
      log.warn("dropping a batch", e);
      writer.discard();
      return null;
    } finally {
      pool.release(batch);
    }
    return writer.finish(id, epoch);
  }

  private int readAhead() {
    int count = 0;
    while (count < WINDOW && reader.next(window[count])) {
      hashes[count] = window[count].hash;
      count++;
    }
    return count;
  }

  private void execute(ItemCommand command, boolean late) {
    if (late) {
      writer.append(refusal.reset(Status.UNAVAILABLE));
      return;
    }
    int before = writer.count();
    try {
      executor.execute(command, writer);
    } catch (MalformedFrameException e) {
      throw e;
    } catch (RuntimeException e) {
      count(ShardCounter.REQUEST_BUGS, 1);
      log.bug("a request ended in a bug: " + command.verb, e);
      if (writer.count() == before) {
        writer.append(refusal.reset(Status.UNAVAILABLE));
      }
    }
    if (writer.count() != before + 1) {
      throw new MalformedFrameException(
          command.verb + " made " + (writer.count() - before) + " replies");
    }
  }

  private void count(ShardCounter counter, long amount) {
    int index = counter.ordinal();
    counters.lazySet(index, counters.getPlain(index) + amount);
  }

  /** A counter's value; from any thread. */
  public long get(ShardCounter counter) {
    return counters.getOpaque(counter.ordinal());
  }
}

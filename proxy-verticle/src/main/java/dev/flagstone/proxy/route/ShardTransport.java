package dev.flagstone.proxy.route;

import dev.flagstone.bus.Frame;
import dev.flagstone.slot.ShardId;
import java.util.function.LongConsumer;

/** Carries batches to shards; replies come back through {@link Router#received}. */
public interface ShardTransport {

  /**
   * Sends a batch and takes the frame over.
   *
   * @param undeliverable to be told the batch's id, on the router's loop, if it could not be sent
   */
  void send(ShardId shard, Frame batch, LongConsumer undeliverable);
}

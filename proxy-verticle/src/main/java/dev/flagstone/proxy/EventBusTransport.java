package dev.flagstone.proxy;

import dev.flagstone.bus.Frame;
import dev.flagstone.bus.FrameCodec;
import dev.flagstone.proxy.route.ShardTransport;
import dev.flagstone.slot.ShardId;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageProducer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;

/** Sends batches over the event bus, from one loop. */
final class EventBusTransport implements ShardTransport {

  private final EventBus bus;
  private final Map<ShardId, MessageProducer<Frame>> producers = new HashMap<>();

  EventBusTransport(EventBus bus) {
    this.bus = bus;
  }

  @Override
  public void send(ShardId shard, Frame batch, LongConsumer undeliverable) {
    long id = batch.batchId();
    producers
        .computeIfAbsent(shard, to -> bus.sender(to.address(), FrameCodec.options()))
        .write(batch)
        .onFailure(cause -> undeliverable.accept(id));
  }
}

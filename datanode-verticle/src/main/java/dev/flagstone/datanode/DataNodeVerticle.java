package dev.flagstone.datanode;

import dev.flagstone.bus.BusAddress;
import dev.flagstone.bus.Frame;
import dev.flagstone.bus.FrameCodec;
import dev.flagstone.datanode.execute.CommandExecutor;
import dev.flagstone.datanode.shard.Shard;
import dev.flagstone.datanode.store.ItemStore;
import dev.flagstone.slot.ShardId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.MessageProducer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One shard of a data node on its event loop. Only wires. */
public final class DataNodeVerticle extends VerticleBase {

  /** How often background work gets a share of the loop, and how large a share. */
  private static final long UPKEEP_MILLIS = 10;

  private static final long UPKEEP_NANOS = 200_000;

  private final DataNode node;
  private final int index;
  private final Inboxes inboxes = new Inboxes();
  private @Nullable Runnable subscription;

  DataNodeVerticle(DataNode node, int index) {
    this.node = node;
    this.index = index;
  }

  @Override
  public Future<?> start() {
    DataNodeConfig config = node.config();
    ItemStore store = node.newStore(index);
    CommandExecutor executor = new CommandExecutor(store);
    Shard shard = new Shard(executor, config.time(), node.log(), config.epoch());
    node.publish(index, shard, store);
    store.applyTenants(config.directory().tenants());
    Context loop = context;
    subscription =
        config
            .directory()
            .subscribe(tenants -> loop.runOnContext(v -> store.applyTenants(tenants)));
    vertx.setPeriodic(UPKEEP_MILLIS, tick -> store.maintain(UPKEEP_NANOS));
    String address = new ShardId(config.node(), index).address();
    MessageConsumer<Frame> batches = vertx.eventBus().consumer(address);
    batches.handler(message -> answer(shard, message.body()));
    return batches.completion();
  }

  private void answer(Shard shard, Frame batch) {
    int inbox = batch.inbox();
    Frame reply = shard.execute(batch);
    if (reply != null) {
      inboxes.of(inbox).write(reply);
    }
  }

  @Override
  public Future<?> stop() {
    if (subscription != null) {
      subscription.run();
    }
    return Future.succeededFuture();
  }

  /** The ways back to the proxy loops that were heard of last. */
  private final class Inboxes extends LinkedHashMap<Integer, MessageProducer<Frame>> {

    private static final long serialVersionUID = 1L;
    private static final int MAX = 4096;

    MessageProducer<Frame> of(int inbox) {
      return computeIfAbsent(
          inbox, number -> vertx.eventBus().sender(BusAddress.inbox(number), FrameCodec.options()));
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Integer, MessageProducer<Frame>> eldest) {
      return size() > MAX;
    }
  }
}

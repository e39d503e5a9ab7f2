package dev.flagstone.datanode.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.flagstone.command.ItemCommand;
import dev.flagstone.command.ItemReply;
import dev.flagstone.command.ReplySink;
import dev.flagstone.command.StatCounter;
import dev.flagstone.command.StatRows;
import dev.flagstone.command.StatsTopic;
import dev.flagstone.command.Status;
import dev.flagstone.command.Verb;
import dev.flagstone.datanode.execute.CommandExecutor;
import dev.flagstone.datanode.store.ItemStore;
import dev.flagstone.datanode.store.MemoryUnavailableException;
import dev.flagstone.datanode.store.NodeMemory;
import dev.flagstone.slot.KeyHash;
import dev.flagstone.slot.ShardId;
import dev.flagstone.slot.Slot;
import dev.flagstone.tenancy.Cache;
import dev.flagstone.tenancy.CacheId;
import dev.flagstone.tenancy.Quota;
import dev.flagstone.tenancy.Tenants;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A data node's shards without bus and threads, and a clock to advance. */
public final class TestNode {

  private static final long TURN_NANOS = 1_000_000;

  private static final byte[] NO_BYTES = {};

  public final FakeTime time = new FakeTime();
  public final NodeMemory memory;
  public final KeyHash hash = new KeyHash(11, 22);
  private final ItemStore[] stores;
  private final CommandExecutor[] executors;
  private final Map<Integer, Long> quotas = new TreeMap<>();
  private final ItemCommand command = new ItemCommand();
  private byte[] bytes = new byte[512];
  private final Sink sink = new Sink();
  private long version;

  TestNode(long memoryBytes, int shards) throws MemoryUnavailableException {
    memory = NodeMemory.reserve(memoryBytes, shards);
    stores = new ItemStore[shards];
    executors = new CommandExecutor[shards];
    for (int shard = 0; shard < shards; shard++) {
      stores[shard] = memory.store(shard, hash, time);
      executors[shard] = new CommandExecutor(stores[shard]);
    }
  }

  /** Adds a cache, or changes its quota (bytes). */
  public TestNode cache(int id, long quotaBytes) {
    quotas.put(id, quotaBytes);
    applyTenants();
    return this;
  }

  /** Deletes a cache. */
  public void removeCache(int id) {
    quotas.remove(id);
    applyTenants();
  }

  private void applyTenants() {
    List<Cache> caches = new ArrayList<>();
    quotas.forEach(
        (id, quota) ->
            caches.add(new Cache(new CacheId(id), "cache" + id, new Quota(quota), List.of())));
    Tenants tenants = new Tenants(++version, caches);
    for (ItemStore store : stores) {
      store.applyTenants(tenants);
    }
  }

  /** The command that {@link #execute} executes next, reset to a verb. */
  public ItemCommand command(Verb verb) {
    return command.reset(verb);
  }

  /** Executes {@link #command} with this key and value in a cache. */
  public ItemReply execute(int cache, byte[] key, byte[] value) {
    int length = key.length + value.length;
    if (bytes.length < length) {
      bytes = new byte[2 * length];
    }
    System.arraycopy(key, 0, bytes, 0, key.length);
    System.arraycopy(value, 0, bytes, key.length, value.length);
    command.bytes = bytes;
    command.keyLength = key.length;
    command.valueOffset = key.length;
    command.valueLength = value.length;
    command.cacheId = cache;
    command.hash = hash.hash(cache, bytes, 0, key.length);
    int shard = ShardId.indexOf(Slot.of(command.hash), executors.length);
    return executeOn(shard);
  }

  private ItemReply executeOn(int shard) {
    int before = sink.replies;
    executors[shard].execute(command, sink);
    if (sink.replies != before + 1) {
      throw new AssertionError(sink.replies - before + " replies to one command");
    }
    return sink.reply;
  }

  /** Executes a verb without further fields. */
  public Status status(Verb verb, int cache, String key, String value) {
    command(verb);
    return execute(cache, key.getBytes(ISO_8859_1), value.getBytes(ISO_8859_1)).status;
  }

  public Status set(int cache, String key, String value) {
    return status(Verb.SET, cache, key, value);
  }

  public Status set(int cache, byte[] key, byte[] value) {
    command(Verb.SET);
    return execute(cache, key, value).status;
  }

  /** The value of a key, or "(miss)". */
  public String get(int cache, String key) {
    command(Verb.GET).modifiers = ItemCommand.WANT_VALUE;
    ItemReply reply = execute(cache, key.getBytes(ISO_8859_1), new byte[0]);
    return reply.status == Status.HIT ? new String(value(), ISO_8859_1) : "(miss)";
  }

  /** Reads without wanting the value. */
  public boolean hit(int cache, byte[] key) {
    command(Verb.GET);
    return execute(cache, key, NO_BYTES).status == Status.HIT;
  }

  /** The value of the last reply. */
  public byte[] value() {
    return Arrays.copyOfRange(sink.array, Sink.OFFSET, Sink.OFFSET + sink.reply.valueLength);
  }

  /** Sends a command about a whole cache to every shard. */
  public void everywhere(Verb verb, int cache, long argument) {
    for (int shard = 0; shard < executors.length; shard++) {
      command(verb).delta = argument;
      command.cacheId = cache;
      executeOn(shard);
    }
  }

  /** A number of a cache, summed over shards (and classes, for what is per class). */
  public long stat(int cache, StatsTopic topic, StatCounter counter) {
    long[] sum = {0};
    for (int shard = 0; shard < executors.length; shard++) {
      command(Verb.STATS).delta = topic.ordinal();
      command.cacheId = cache;
      executeOn(shard);
      StatRows.visit(
          sink.array,
          Sink.OFFSET,
          sink.reply.valueLength,
          (row, which, number) -> sum[0] += which == counter ? number : 0);
    }
    return sum[0];
  }

  public long stat(int cache, StatCounter counter) {
    return stat(cache, StatsTopic.GENERAL, counter);
  }

  /** Gives each shard one turn. */
  public void turn() {
    for (ItemStore store : stores) {
      store.maintain(TURN_NANOS);
    }
  }

  public ItemStore store(int shard) {
    return stores[shard];
  }

  public void assertConsistent() {
    for (ItemStore store : stores) {
      store.assertConsistent();
    }
  }

  /** Keeps the last reply. */
  private static final class Sink implements ReplySink {

    private static final int OFFSET = 7;

    private byte[] array = new byte[1024];
    private ItemReply reply = new ItemReply();
    private int replies;

    @Override
    public int append(ItemReply newReply) {
      reply = newReply;
      replies++;
      if (array.length < OFFSET + newReply.valueLength) {
        array = new byte[2 * (OFFSET + newReply.valueLength)];
      }
      return OFFSET;
    }

    @Override
    public byte[] array() {
      return array;
    }
  }
}

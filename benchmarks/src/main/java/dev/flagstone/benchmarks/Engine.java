package dev.flagstone.benchmarks;

import dev.flagstone.command.ItemCommand;
import dev.flagstone.command.ItemReply;
import dev.flagstone.command.ReplySink;
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
import dev.flagstone.time.TimeSource;
import java.util.List;

/**
 * A data node's shards without bus and threads: one cache, all commands from the caller's thread.
 */
final class Engine implements ReplySink {

  private static final int CACHE_ID = 1;
  private static final long TURN_NANOS = 20_000;

  private final KeyHash hash = new KeyHash(0x1234567890ABCDEFL, 0xFEDCBA0987654321L);
  private final NodeMemory memory;
  private final ItemStore[] stores;
  private final CommandExecutor[] executors;
  private final ItemCommand command = new ItemCommand();
  private final byte[] bytes;
  private final byte[] reply = new byte[1 << 21];
  private Status status = Status.OK;

  Engine(long memoryBytes, int shards, int largestValue) throws MemoryUnavailableException {
    memory = NodeMemory.reserve(memoryBytes, shards);
    stores = new ItemStore[shards];
    executors = new CommandExecutor[shards];
    bytes = new byte[64 + largestValue];
    Cache cache = new Cache(new CacheId(CACHE_ID), "bench", new Quota(memoryBytes), List.of());
    Tenants tenants = new Tenants(1, List.of(cache));
    for (int shard = 0; shard < shards; shard++) {
      stores[shard] = memory.store(shard, hash, TimeSource.system());
      stores[shard].applyTenants(tenants);
      executors[shard] = new CommandExecutor(stores[shard]);
    }
    command.bytes = bytes;
    command.cacheId = CACHE_ID;
  }

  /** Executes a verb on the key {@code k<hexadecimal>} and returns the status. */
  Status execute(Verb verb, long key, int valueBytes) {
    int keyLength = putKey(key);
    command.reset(verb);
    command.modifiers = ItemCommand.WANT_VALUE;
    command.keyLength = keyLength;
    command.valueOffset = keyLength;
    command.valueLength = valueBytes;
    command.hash = hash.hash(CACHE_ID, bytes, 0, keyLength);
    executors[ShardId.indexOf(Slot.of(command.hash), executors.length)].execute(command, this);
    return status;
  }

  /** Prepares the only shard for commands on these keys. */
  void warm(long[] keys, long[] hashes, int count) {
    for (int i = 0; i < count; i++) {
      hashes[i] = hash.hash(CACHE_ID, bytes, 0, putKey(keys[i]));
    }
    executors[0].warm(hashes, count);
  }

  private int putKey(long key) {
    int digits = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(key) + 3) / 4);
    bytes[0] = 'k';
    for (int i = 0; i < digits; i++) {
      bytes[digits - i] = (byte) "0123456789abcdef".charAt((int) (key >>> (4 * i)) & 15);
    }
    return 1 + digits;
  }

  /** Gives each shard a turn for its upkeep. */
  void turn() {
    for (ItemStore store : stores) {
      store.maintain(TURN_NANOS);
    }
  }

  long items() {
    long items = 0;
    for (ItemStore store : stores) {
      items += store.itemCount();
    }
    return items;
  }

  long evictions() {
    long evictions = 0;
    for (ItemStore store : stores) {
      evictions += store.evictions();
    }
    return evictions;
  }

  long heldBytes() {
    return memory.bytes() - memory.freeBytes();
  }

  void assertConsistent() {
    for (ItemStore store : stores) {
      store.assertConsistent();
    }
  }

  @Override
  public int append(ItemReply itemReply) {
    status = itemReply.status;
    return 0;
  }

  @Override
  public byte[] array() {
    return reply;
  }
}

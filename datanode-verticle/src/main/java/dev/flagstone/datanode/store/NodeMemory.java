package dev.flagstone.datanode.store;

import dev.flagstone.datanode.slab.PagePool;
import dev.flagstone.datanode.slab.SlabGeometry;
import dev.flagstone.slot.KeyHash;
import dev.flagstone.time.TimeSource;

/** The memory of a data node: reserved once at its start, and shared by its shards. Thread-safe. */
public final class NodeMemory {

  /** The least that a node can have for each shard, in bytes. */
  public static final long MIN_BYTES_PER_SHARD = 2L << 20;

  /**
   * The part of the memory that quotas leave alone, as a divisor: for pages that are filled only in
   * part, and so that a page can be emptied when another class needs one.
   */
  private static final int SLACK_DIVISOR = 72;

  private final PagePool pool;
  private final NodeQuotas quotas;
  private final int shards;

  private NodeMemory(PagePool pool, int shards) {
    this.pool = pool;
    this.shards = shards;
    this.quotas = new NodeQuotas(pool.bytes() - pool.bytes() / SLACK_DIVISOR, shards);
  }

  /**
   * Reserves {@code bytes} for the items of a node with so many shards.
   *
   * @throws MemoryUnavailableException if the machine or the virtual machine has not that much
   */
  public static NodeMemory reserve(long bytes, int shards) throws MemoryUnavailableException {
    return reserve(bytes, shards, MachineMemory.system());
  }

  static NodeMemory reserve(long bytes, int shards, MachineMemory machine)
      throws MemoryUnavailableException {
    check(bytes, shards, machine);
    try {
      return new NodeMemory(new PagePool(SlabGeometry.forMemory(bytes, shards), bytes), shards);
    } catch (OutOfMemoryError e) {
      throw MemoryUnavailableException.refused(bytes, e);
    }
  }

  /**
   * Finds out whether {@link #reserve} would be granted, and reserves nothing.
   *
   * @throws MemoryUnavailableException if it would not
   */
  public static void check(long bytes, int shards) throws MemoryUnavailableException {
    check(bytes, shards, MachineMemory.system());
  }

  private static void check(long bytes, int shards, MachineMemory machine)
      throws MemoryUnavailableException {
    if (bytes < shards * MIN_BYTES_PER_SHARD) {
      throw MemoryUnavailableException.tooLittle(bytes, shards * MIN_BYTES_PER_SHARD);
    }
    long available = machine.availableBytes();
    if (bytes > available) {
      throw MemoryUnavailableException.notAvailable(bytes, available);
    }
    if (bytes > PagePool.MAX_BYTES) {
      throw MemoryUnavailableException.tooMuch(bytes, PagePool.MAX_BYTES);
    }
    if (bytes > MachineMemory.directBytes()) {
      throw MemoryUnavailableException.refused(bytes, null);
    }
  }

  /** Makes the store of one shard, 0 up to the number of shards; each is made once. */
  public ItemStore store(int shard, KeyHash keyHash, TimeSource time) {
    if (shard < 0 || shard >= shards) {
      throw new IllegalArgumentException("there is no shard " + shard);
    }
    Catalog catalog = new Catalog(pool, shard, keyHash, new CacheTable());
    return new ItemStore(this, catalog, new ShardClock(time), new CasSequence(time.unixMillis()));
  }

  NodeQuotas quotas() {
    return quotas;
  }

  /** How many shards share the memory. */
  public int shards() {
    return shards;
  }

  /** Bytes of all pages. */
  public long bytes() {
    return pool.bytes();
  }

  /** Bytes of the pages that no shard has taken; out of date as soon as it is returned. */
  public long freeBytes() {
    return (long) pool.freePages() * pool.geometry().pageBytes();
  }
}

package dev.flagstone.datanode.store;

import dev.flagstone.command.ItemCommand;
import dev.flagstone.command.StatsTopic;
import dev.flagstone.item.Exptime;
import dev.flagstone.item.ItemLimits;
import dev.flagstone.tenancy.Tenants;
import org.jspecify.annotations.Nullable;

/**
 * The items of one shard. Confined to the shard's thread, but for the numbers about all caches
 * ({@link #itemCount} and what follows it), which others may read and find a little old. Costs the
 * Java heap nothing per item or call.
 *
 * <p>Its methods work on what was last {@linkplain #enter entered}: a cache, and mostly a key. The
 * item with that key is the current one after {@link #find}.
 */
public final class ItemStore {

  private final NodeMemory node;
  private final ShardClock clock;
  private final Catalog catalog;
  private final Items items;
  private final CasSequence cas;
  private final Evictor evictor;
  private final ItemEditor editor;
  private final Upkeep upkeep;
  private final Key key = new Key();
  private final Draft draft = new Draft();
  private final ItemMarks marks;
  private @Nullable CacheSpace entered;

  /** What {@link #warm} has read; kept only so that no compiler leaves the reading out. */
  @SuppressWarnings("UnusedVariable")
  private int warmed;

  private byte[] scratch = new byte[1024];

  /** The cas unique that the entered command gives to what it writes, or 0. */
  private long newCas;

  ItemStore(NodeMemory node, Catalog catalog, ShardClock clock, CasSequence cas) {
    this.node = node;
    this.clock = clock;
    this.cas = cas;
    this.catalog = catalog;
    this.items = catalog.items();
    this.evictor = new Evictor(catalog, clock);
    ItemWriter writer = new ItemWriter(catalog, evictor, cas);
    this.editor = new ItemEditor(catalog, clock, cas, writer);
    this.marks = new ItemMarks(catalog, clock);
    this.upkeep = new Upkeep(catalog, clock, writer, evictor);
  }

  /**
   * Makes the shard's caches those of {@code tenants}; what a deleted one had goes away by and by.
   */
  public void applyTenants(Tenants tenants) {
    clock.read();
    entered = null;
    node.quotas().apply(tenants);
    CacheTable caches = catalog.caches();
    caches.forEach(space -> space.removed |= !node.quotas().has(space.cacheId));
    caches.rebuild();
    for (int cacheId : node.quotas().cacheIds()) {
      int number = caches.freeNumber();
      if (caches.find(cacheId) == null && number >= 0) {
        QuotaLedger ledger = node.quotas().ledger(cacheId);
        caches.add(new CacheSpace(number, cacheId, ledger, catalog.slabs(), items));
      }
    }
  }

  /**
   * Reads what the commands with these hashes will need first, all of it at a time instead of one
   * after the other. Changes nothing; worth it for two commands or more, and best for 8 to 32.
   */
  public void warm(long[] hashes, int count) {
    ItemIndex index = catalog.index();
    int read = 0;
    for (int i = 0; i < count; i++) {
      read += index.warmBucket(hashes[i]);
    }
    for (int i = 0; i < count; i++) {
      read += index.warmItem(hashes[i], items);
    }
    warmed = read;
  }

  /**
   * Turns to the cache and the key of a command, and reads the clock.
   *
   * @return false if this node does not know the cache
   */
  public boolean enter(ItemCommand command) {
    clock.read();
    catalog.current = 0;
    newCas = command.newCas;
    key.set(command.bytes, command.keyOffset, command.keyLength, command.hash);
    CacheSpace space = entered;
    if (space == null || space.cacheId != command.cacheId) {
      space = catalog.caches().find(command.cacheId);
      entered = space;
    }
    if (space == null) {
      return false;
    }
    flushIfDue(space);
    return true;
  }

  private CacheSpace space() {
    CacheSpace space = entered;
    if (space == null) {
      throw new IllegalStateException("no cache entered");
    }
    return space;
  }

  /** Tells whether there is an item with the entered key, and makes it the current one. */
  public boolean find() {
    CacheSpace space = space();
    int item = catalog.index().find(key.hash, items, space.number, key);
    if (item != 0 && catalog.isDead(space, item, clock.nowSeconds())) {
      upkeep.removeDead(space, item);
      item = 0;
    }
    catalog.current = item;
    return item != 0;
  }

  /** Tells whether there is a current item. */
  public boolean hasCurrent() {
    return catalog.current != 0;
  }

  /** The cas unique of the current item. */
  public long cas() {
    long own = items.ownCas(catalog.current, items.meta(catalog.current));
    return own != 0 ? own : items.cas(catalog.current);
  }

  /** What else is known of the current item. */
  public ItemMarks marks() {
    return marks;
  }

  /** The client's flags of the current item. */
  public int flags() {
    return items.flags(catalog.current, items.meta(catalog.current));
  }

  /** The exptime of the current item as an instant ({@link Exptime#instant}). */
  public int exptime() {
    return items.exptime(catalog.current, items.meta(catalog.current));
  }

  /** Bytes of the current item's value. */
  public int valueLength() {
    return Items.valueLength(items.meta(catalog.current));
  }

  /** Copies the whole value of the current item. */
  public void copyValue(byte[] target, int offset) {
    catalog.body().read(catalog.current, 0, target, offset, valueLength());
  }

  /** Counts a read of the current item. */
  public void hit() {
    int item = catalog.current;
    int meta = items.meta(item);
    int hit = Items.referenced(meta) | Items.FETCHED;
    if (hit != meta) {
      items.meta(item, hit);
    }
    items.accessed(item, clock.sinceStart());
  }

  /** The present as Unix seconds, as read by {@link #enter}. */
  public long nowSeconds() {
    return clock.nowSeconds();
  }

  /**
   * Stores a value under the entered key, in the place of the current item if there is one; that
   * must have been looked for. The new item is the current one then.
   *
   * @param exptime an instant, see {@link Exptime#instant}
   * @return whether there was room; if not, the current item is what is left of the old one
   */
  public boolean put(int flags, int exptime, byte[] value, int offset, int length) {
    CacheSpace space = space();
    if (!ItemLimits.fits(key.length, length)) {
      throw new IllegalArgumentException("an item of " + length + " bytes cannot be stored");
    }
    draft.set(flags, exptime, length);
    draft.ownCas = newCas;
    return stored(space, value, offset);
  }

  /**
   * Gives the current item another value; flags, exptime and marks stay.
   *
   * @return whether there was room
   */
  public boolean replaceValue(byte[] value, int length) {
    int meta = items.meta(catalog.current);
    draft.set(flags(), exptime(), length);
    draft.ownCas = newCas;
    draft.kept = meta & Items.KEPT;
    return stored(space(), value, 0);
  }

  private boolean stored(CacheSpace space, byte[] value, int offset) {
    if (!editor.write(space, key, draft, value, offset)) {
      space.counters.outOfMemory++;
      return false;
    }
    space.counters.stored++;
    return true;
  }

  /**
   * Stores the current item's value with bytes put behind or before it; flags and exptime stay.
   *
   * @return whether there was room
   */
  public boolean extend(boolean behind, byte[] bytes, int offset, int length) {
    int oldLength = valueLength();
    byte[] joined = scratch(oldLength + length);
    copyValue(joined, behind ? 0 : length);
    System.arraycopy(bytes, offset, joined, behind ? oldLength : 0, length);
    return put(flags(), exptime(), joined, 0, oldLength + length);
  }

  private byte[] scratch(int bytes) {
    if (scratch.length < bytes) {
      scratch = new byte[Integer.highestOneBit(bytes - 1) << 1];
    }
    return scratch;
  }

  /**
   * Sets the exptime of the current item; its cas unique stays.
   *
   * @param exptime an instant, see {@link Exptime#instant}
   * @return whether there was room for it
   */
  public boolean touch(int exptime) {
    int item = catalog.current;
    int meta = items.meta(item);
    if ((meta & Items.HAS_EXPTIME) != 0) {
      items.exptime(item, meta, exptime);
      return true;
    }
    if (exptime == Exptime.NEVER) {
      return true;
    }
    draft.set(flags(), exptime, Items.valueLength(meta));
    draft.ownCas = items.ownCas(item, meta);
    draft.kept = meta & Items.KEPT;
    return rewrite(items.cas(item));
  }

  /**
   * Writes the current item as the draft has it, with as much of its value as that has. This is no
   * access of it.
   */
  private boolean rewrite(long cas) {
    int lastAccess = items.lastAccess(catalog.current);
    byte[] value = scratch(valueLength());
    if (draft.valueLength > 0) {
      copyValue(value, 0);
    }
    if (!editor.write(space(), key, draft, value, 0)) {
      return false;
    }
    items.cas(catalog.current, cas);
    items.accessed(catalog.current, lastAccess);
    return true;
  }

  /**
   * Marks the current item stale, so that the next reader wins the right to renew it. It gets
   * another cas unique.
   *
   * @param exptime an instant, see {@link Exptime#instant}
   * @return whether there was room for what it did not have before
   */
  public boolean invalidate(int exptime) {
    int item = catalog.current;
    int meta = items.meta(item);
    int kept = (meta & Items.KEPT & ~Items.SENT) | Items.STALE;
    boolean hasRoom =
        ((meta & Items.HAS_EXPTIME) != 0 || exptime == Exptime.NEVER)
            && ((meta & Items.OWN_CAS) != 0 || newCas == 0);
    if (!hasRoom) {
      draft.set(flags(), exptime, Items.valueLength(meta));
      draft.ownCas = newCas;
      draft.kept = kept;
      return rewrite(cas.next());
    }
    items.meta(item, (meta & ~Items.KEPT) | kept);
    items.cas(item, cas.next());
    if ((meta & Items.HAS_EXPTIME) != 0) {
      items.exptime(item, meta, exptime);
    }
    if ((meta & Items.OWN_CAS) != 0) {
      items.ownCas(item, meta, newCas != 0 ? newCas : items.cas(item));
    }
    return true;
  }

  /**
   * Takes the value and the marks of the current item away; its cas unique stays, unless the
   * command brings one.
   *
   * @param exptime an instant, see {@link Exptime#instant}
   * @return whether there was room
   */
  public boolean clear(int flags, int exptime) {
    int item = catalog.current;
    draft.set(flags, exptime, 0);
    draft.ownCas = newCas != 0 ? newCas : items.ownCas(item, items.meta(item));
    if (!rewrite(items.cas(item))) {
      return false;
    }
    items.accessed(catalog.current, clock.sinceStart());
    return true;
  }

  /** Removes the current item. */
  public void removeCurrent() {
    catalog.remove(space(), key.hash, catalog.current);
  }

  /**
   * Makes all items that the cache has now (or, at a later second, has then) unreadable, however
   * many.
   *
   * @param atSeconds Unix seconds; what is not in the future is now. Replaces an earlier flush to
   *     come.
   */
  public void flush(long atSeconds) {
    CacheSpace space = space();
    space.flushAtSeconds = atSeconds;
    flushIfDue(space);
  }

  private void flushIfDue(CacheSpace space) {
    if (space.flushAtSeconds != 0 && space.flushAtSeconds <= clock.nowSeconds()) {
      upkeep.flush(space, cas.last());
    }
  }

  /** The numbers of the entered cache, as {@link dev.flagstone.command.StatRows}. */
  public byte[] stats(StatsTopic topic) {
    return new CacheReport(space(), catalog.slabs().pool().geometry()).rows(topic);
  }

  /** Sets the counters of the entered cache back to zero. */
  public void resetStats() {
    space().counters.reset();
  }

  /**
   * Does a part of the work that nobody waits for: reclaims what is expired, flushed or deleted,
   * pays back quota, makes pages of scattered free chunks. To be called at each turn of the shard's
   * loop, and several times a second when there is nothing else to do.
   *
   * @param budgetNanos about how long it may take
   * @return whether there is more to do at once
   */
  public boolean maintain(long budgetNanos) {
    clock.read();
    catalog.current = 0;
    catalog.caches().forEach(this::flushIfDue);
    return upkeep.run(budgetNanos);
  }

  /**
   * Items that can be read in all caches; those that expired and were not met since are counted.
   */
  public long itemCount() {
    return catalog.index().count();
  }

  /**
   * Bytes of memory that the shard has taken from the node: items, index and ghosts, free chunks
   * included.
   */
  public long heldBytes() {
    return (long) catalog.slabs().heldPages() * catalog.slabs().pool().geometry().pageBytes();
  }

  /** Bytes of the chunks in use. */
  public long usedBytes() {
    return catalog.slabs().usedBytes();
  }

  /** Items removed by pressure since the start, from all caches. */
  public long evictions() {
    return evictor.evictions();
  }

  /** Items removed by time since the start, from all caches. */
  public long expirations() {
    return upkeep.expirations();
  }

  /**
   * Checks that index, queues, counts, quotas and slabs agree with each other; for tests.
   *
   * @throws AssertionError if they do not
   */
  public void assertConsistent() {
    new StoreAudit(catalog).check();
  }
}

package dev.flagstone.datanode.store;

import dev.flagstone.datanode.slab.SlabAllocator;

/** Makes room for new items: within the quota first, in slabs then, by evicting where need be. */
final class ItemWriter {

  /** The least that a piece may have where no better chunk is free, in bytes. */
  private static final int LEAST_PIECE_BYTES = 64;

  /**
   * From this part of a quota on (in per cent) items are evicted rather than broken into odd
   * pieces.
   */
  private static final int FULL_PERCENT = 98;

  private final Catalog catalog;
  private final SlabAllocator slabs;
  private final Items items;
  private final Evictor evictor;
  private final CasSequence cas;
  private final int largestChunk;

  ItemWriter(Catalog catalog, Evictor evictor, CasSequence cas) {
    this.catalog = catalog;
    this.slabs = catalog.slabs();
    this.items = catalog.items();
    this.evictor = evictor;
    this.cas = cas;
    this.largestChunk = slabs.pool().geometry().largestChunkBytes();
  }

  /**
   * Makes {@link Catalog#building} an item with header, key and room for its value. May evict and
   * move items.
   *
   * @return false if no room can be made; there is no such item then
   */
  boolean create(CacheSpace space, Key key, Draft draft) {
    int meta = draft.meta();
    int keyOffset = Items.keyOffset(meta);
    int total = keyOffset + key.length + draft.valueLength;
    payDebt(space, total);
    if (!admit(space, expectedBytes(total))) {
      return false;
    }
    int least = keyOffset + Integer.BYTES + key.length + Long.BYTES;
    int head = allocate(space, Math.min(total, largestChunk), least);
    if (head == 0) {
      return false;
    }
    boolean chained = slabs.chunkBytes(head) < total;
    if (chained) {
      meta |= Items.CHAINED;
    }
    items.init(head, cas.next(), key.length, meta, space.number);
    if (draft.exptime != 0) {
      items.exptime(head, meta, draft.exptime);
    }
    if (draft.flags != 0) {
      items.flags(head, meta, draft.flags);
    }
    if (draft.ownCas != 0) {
      items.ownCas(head, meta, draft.ownCas);
    }
    items.putKey(head, meta, key.bytes, key.offset, key.length);
    catalog.building = head;
    if (chained) {
      int left = draft.valueLength - (slabs.chunkBytes(head) - Items.keyOffset(meta) - key.length);
      return addPieces(space, left);
    }
    return true;
  }

  private boolean addPieces(CacheSpace space, int valueBytes) {
    items.firstPiece(catalog.building, 0);
    catalog.buildingTail = 0;
    int left = valueBytes;
    while (left > 0) {
      int bytes = Math.min(left + Items.PIECE_HEADER_BYTES, largestChunk);
      int piece = allocate(space, bytes, Math.min(bytes, LEAST_PIECE_BYTES));
      if (piece == 0) {
        catalog.discardBuilding();
        return false;
      }
      int tail = catalog.buildingTail;
      items.initPiece(piece, tail == 0 ? catalog.building : tail);
      if (tail == 0) {
        items.firstPiece(catalog.building, piece);
      } else {
        items.nextPiece(tail, piece);
      }
      catalog.buildingTail = piece;
      left -= slabs.chunkBytes(piece) - Items.PIECE_HEADER_BYTES;
    }
    catalog.buildingTail = 0;
    return true;
  }

  /** What an item of {@code total} bytes will be charged with, if its best chunks are free. */
  private long expectedBytes(int total) {
    if (total <= largestChunk) {
      return (long) classBytes(total) + ItemIndex.BYTES_PER_ITEM;
    }
    int left = total + Integer.BYTES - largestChunk;
    int pieceRoom = largestChunk - Items.PIECE_HEADER_BYTES;
    long bytes = largestChunk + (long) (left / pieceRoom) * largestChunk;
    int rest = left % pieceRoom;
    return bytes
        + (rest == 0 ? 0 : classBytes(rest + Items.PIECE_HEADER_BYTES))
        + ItemIndex.BYTES_PER_ITEM;
  }

  private int classBytes(int bytes) {
    return slabs.pool().geometry().chunkBytes(slabs.pool().geometry().classFor(bytes));
  }

  /** Sees to it that the quota admits {@code bytes} more. */
  private boolean admit(CacheSpace space, long bytes) {
    while (!space.lease.admits(bytes)) {
      if (!evictor.evict(space)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Gives up to {@code bytes} of what the shard has beyond its share to shards that have less.
   *
   * @return whether the shard had to give any
   */
  boolean payDebt(CacheSpace space, long bytes) {
    long owed = Math.min(space.lease.owed(), bytes);
    if (owed <= 0) {
      return false;
    }
    boolean more = true;
    while (more && space.lease.leased() - space.lease.used() < owed) {
      more = evictor.evict(space);
    }
    space.lease.payBack(owed);
    return true;
  }

  /**
   * A chunk of {@code bytes}, or where there is none a smaller one of at least {@code least}, or 0.
   */
  private int allocate(CacheSpace space, int bytes, int least) {
    while (true) {
      int chunk = slabs.allocate(bytes);
      if (chunk == 0 && !isFull(space)) {
        chunk = slabs.allocateAny(least);
      }
      if (chunk != 0) {
        return chunk;
      }
      if (!evictor.evict(space)) {
        return slabs.allocateAny(least);
      }
    }
  }

  private static boolean isFull(CacheSpace space) {
    QuotaLedger ledger = space.lease.ledger();
    return ledger.leased() * 100 >= ledger.limit() * FULL_PERCENT;
  }

  /** Links {@link Catalog#building} as a new item. May evict and move items. */
  boolean link(CacheSpace space, long hash, boolean toMain) {
    while (!catalog.link(space, hash, toMain)) {
      if (!evictor.evict(space)) {
        catalog.discardBuilding();
        return false;
      }
    }
    return true;
  }
}

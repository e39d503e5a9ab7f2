package dev.flagstone.datanode.store;

import dev.flagstone.datanode.slab.SlabMemory;

/**
 * The layout of an item's first chunk, and of the further pieces of a long one.
 *
 * <pre>
 *  0  long   cas unique (56 bits) | key length (8 bits, never 0)
 *  8  int    value length (20 bits) | meta bits
 * 12  int    previous item in the queue
 * 16  int    next item in the queue
 * 20  short  cache number
 * 22  24 bit last access, in seconds since the shard's start
 * 25  [int   first piece, if CHAINED] [int exptime, if HAS_EXPTIME] [int flags, if HAS_FLAGS]
 *     [long the client's own cas unique, if OWN_CAS] key, value
 * </pre>
 *
 * A piece has its low byte of the first word 0, which no item has:
 *
 * <pre>
 *  0  int    0
 *  4  int    next piece, 0 in the last
 *  8  int    previous piece, or the item for the first piece
 * 12  the next bytes of the value
 * </pre>
 */
final class Items {

  /** Bytes before the optional fields. */
  static final int HEADER_BYTES = 25;

  /** Bytes of a piece before its part of the value. */
  static final int PIECE_HEADER_BYTES = 12;

  /** The largest value of the reference counter. */
  static final int MAX_FREQUENCY = 3;

  /** The item is in the main queue, not in the small one. */
  static final int MAIN = 1 << 22;

  /** The item was read since it was stored. */
  static final int FETCHED = 1 << 23;

  static final int HAS_FLAGS = 1 << 24;
  static final int HAS_EXPTIME = 1 << 25;

  /** The value goes on in pieces. */
  static final int CHAINED = 1 << 26;

  /** The item is in the index and in a queue; without this bit it is still being written. */
  static final int LINKED = 1 << 27;

  /** The item is stale: readers are told, and the first one wins the right to renew it. */
  static final int STALE = 1 << 28;

  /** A reader has won the right to fill or renew the item. */
  static final int SENT = 1 << 29;

  /** A client chose the cas unique. The one of the header still tells what a flush takes. */
  static final int OWN_CAS = 1 << 30;

  /** The bits that an item keeps when it is written anew without having been stored anew. */
  static final int KEPT = FETCHED | STALE | SENT;

  /** The bits for the fields that not every item has. */
  static final int OPTIONAL = HAS_EXPTIME | HAS_FLAGS | OWN_CAS;

  private static final int VALUE_LENGTH_MASK = (1 << 20) - 1;
  private static final int FREQUENCY_SHIFT = 20;
  private static final int ONE_REFERENCE = 1 << FREQUENCY_SHIFT;
  private static final int FREQUENCY_MASK = MAX_FREQUENCY << FREQUENCY_SHIFT;

  private static final int CAS_AND_KEY = 0;
  private static final int META = 8;
  private static final int PREV = 12;
  private static final int NEXT = 16;
  private static final int CACHE = 20;

  /** Where the word of one byte of the cache number and the 24 bits of the last access begins. */
  private static final int ACCESS_WORD = 21;

  private static final int PIECE_NEXT = 4;
  private static final int PIECE_PREV = 8;

  private final SlabMemory memory;

  Items(SlabMemory memory) {
    this.memory = memory;
  }

  /** Writes the header of an item in no queue. */
  void init(int item, long cas, int keyLength, int meta, int cacheNumber) {
    memory.putLong(item, CAS_AND_KEY, cas << 8 | keyLength);
    memory.putInt(item, META, meta);
    memory.putInt(item, PREV, 0);
    memory.putInt(item, NEXT, 0);
    memory.putShort(item, CACHE, cacheNumber);
  }

  /** Bytes of header and optional fields of an item with these meta bits: where its key begins. */
  static int keyOffset(int meta) {
    return ownCasOffset(meta) + ((meta & OWN_CAS) != 0 ? Long.BYTES : 0);
  }

  private static int ownCasOffset(int meta) {
    return HEADER_BYTES
        + Integer.bitCount(meta & (CHAINED | HAS_EXPTIME | HAS_FLAGS)) * Integer.BYTES;
  }

  private static int exptimeOffset(int meta) {
    return (meta & CHAINED) != 0 ? HEADER_BYTES + Integer.BYTES : HEADER_BYTES;
  }

  private static int flagsOffset(int meta) {
    return ownCasOffset(meta) - Integer.BYTES;
  }

  /** Tells whether the chunk is an item's first, and not a piece. */
  boolean isItem(int chunk) {
    return memory.getByte(chunk, CAS_AND_KEY) != 0;
  }

  /** The cas unique of the shard's own sequence: when the item was written. */
  long cas(int item) {
    return memory.getLong(item, CAS_AND_KEY) >>> 8;
  }

  void cas(int item, long cas) {
    memory.putLong(item, CAS_AND_KEY, cas << 8 | keyLength(item));
  }

  /** The cas unique that a client chose, or 0. */
  long ownCas(int item, int meta) {
    return (meta & OWN_CAS) != 0 ? memory.getLong(item, ownCasOffset(meta)) : 0;
  }

  /** Sets the chosen cas unique of an item that has room for one. */
  void ownCas(int item, int meta, long cas) {
    memory.putLong(item, ownCasOffset(meta), cas);
  }

  int keyLength(int item) {
    return memory.getByte(item, CAS_AND_KEY);
  }

  int meta(int item) {
    return memory.getInt(item, META);
  }

  void meta(int item, int meta) {
    memory.putInt(item, META, meta);
  }

  static int valueLength(int meta) {
    return meta & VALUE_LENGTH_MASK;
  }

  static int frequency(int meta) {
    return (meta & FREQUENCY_MASK) >>> FREQUENCY_SHIFT;
  }

  /** The meta bits with one reference more, unless there are as many as can be counted. */
  static int referenced(int meta) {
    return frequency(meta) == MAX_FREQUENCY ? meta : meta + ONE_REFERENCE;
  }

  /** The meta bits with one reference fewer; there must be one. */
  static int unreferenced(int meta) {
    return meta - ONE_REFERENCE;
  }

  static int withoutReferences(int meta) {
    return meta & ~FREQUENCY_MASK;
  }

  static int withFrequency(int meta, int frequency) {
    return (meta & ~FREQUENCY_MASK) | (frequency << FREQUENCY_SHIFT);
  }

  int prev(int item) {
    return memory.getInt(item, PREV);
  }

  void prev(int item, int other) {
    memory.putInt(item, PREV, other);
  }

  int next(int item) {
    return memory.getInt(item, NEXT);
  }

  void next(int item, int other) {
    memory.putInt(item, NEXT, other);
  }

  int cacheNumber(int item) {
    return memory.getShort(item, CACHE);
  }

  /** Notes the last access, in seconds since the shard's start; writes only if it differs. */
  void accessed(int item, int seconds) {
    int word = memory.getInt(item, ACCESS_WORD);
    int now = (word & 0xFF) | (seconds << 8);
    if (word != now) {
      memory.putInt(item, ACCESS_WORD, now);
    }
  }

  /** The last access, in seconds since the shard's start, modulo 2^24. */
  int lastAccess(int item) {
    return memory.getInt(item, ACCESS_WORD) >>> 8;
  }

  /** The exptime as an instant, 0 for never. */
  int exptime(int item, int meta) {
    return (meta & HAS_EXPTIME) != 0 ? memory.getInt(item, exptimeOffset(meta)) : 0;
  }

  /** Sets the exptime of an item that has room for one. */
  void exptime(int item, int meta, int instant) {
    memory.putInt(item, exptimeOffset(meta), instant);
  }

  int flags(int item, int meta) {
    return (meta & HAS_FLAGS) != 0 ? memory.getInt(item, flagsOffset(meta)) : 0;
  }

  void flags(int item, int meta, int flags) {
    memory.putInt(item, flagsOffset(meta), flags);
  }

  /** Tells whether the item's key is this one, in this cache. */
  boolean hasKey(int item, int cacheNumber, byte[] bytes, int offset, int length) {
    return keyLength(item) == length
        && cacheNumber(item) == cacheNumber
        && memory.matches(item, keyOffset(meta(item)), bytes, offset, length);
  }

  /** Copies the key out and returns its length. */
  int copyKey(int item, byte[] target) {
    int length = keyLength(item);
    memory.copyOut(item, keyOffset(meta(item)), target, 0, length);
    return length;
  }

  void putKey(int item, int meta, byte[] bytes, int offset, int length) {
    memory.copyIn(item, keyOffset(meta), bytes, offset, length);
  }

  int firstPiece(int item) {
    return memory.getInt(item, HEADER_BYTES);
  }

  void firstPiece(int item, int piece) {
    memory.putInt(item, HEADER_BYTES, piece);
  }

  void initPiece(int piece, int prev) {
    memory.putInt(piece, 0, 0);
    memory.putInt(piece, PIECE_NEXT, 0);
    memory.putInt(piece, PIECE_PREV, prev);
  }

  int nextPiece(int piece) {
    return memory.getInt(piece, PIECE_NEXT);
  }

  void nextPiece(int piece, int other) {
    memory.putInt(piece, PIECE_NEXT, other);
  }

  int prevPiece(int piece) {
    return memory.getInt(piece, PIECE_PREV);
  }

  void prevPiece(int piece, int other) {
    memory.putInt(piece, PIECE_PREV, other);
  }
}

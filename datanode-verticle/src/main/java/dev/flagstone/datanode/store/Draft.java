package dev.flagstone.datanode.store;

/** What an item that is about to be written shall be like, beside its key; filled anew for each. */
final class Draft {

  int flags;

  /** An instant in Unix seconds, 0 for never. */
  int exptime;

  /** In bytes. */
  int valueLength;

  /** The cas unique that a client chose, or 0. */
  long ownCas;

  /** Those of {@link Items#KEPT} that it shall have. */
  int kept;

  /** Something new: without marks, and with a cas unique of the shard's. */
  void set(int newFlags, int newExptime, int newValueLength) {
    flags = newFlags;
    exptime = newExptime;
    valueLength = newValueLength;
    ownCas = 0;
    kept = 0;
  }

  /** The meta bits of such an item, with no reference, in the small queue. */
  int meta() {
    return valueLength
        | (flags != 0 ? Items.HAS_FLAGS : 0)
        | (exptime != 0 ? Items.HAS_EXPTIME : 0)
        | (ownCas != 0 ? Items.OWN_CAS : 0)
        | kept;
  }
}

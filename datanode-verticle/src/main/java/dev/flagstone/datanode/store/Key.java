package dev.flagstone.datanode.store;

/** A view of the key that a command is about, filled anew for each. */
final class Key {

  byte[] bytes = {};
  int offset;
  int length;

  /** The hash of the cache and the key. */
  long hash;

  void set(byte[] newBytes, int newOffset, int newLength, long newHash) {
    bytes = newBytes;
    offset = newOffset;
    length = newLength;
    hash = newHash;
  }
}

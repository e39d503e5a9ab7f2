package dev.flagstone.proxy.session;

import dev.flagstone.protocol.Note;

/**
 * The notes of a session's unanswered requests, one behind the other: they are added and removed in
 * the same order, so no note needs an object of its own.
 */
final class Notes {

  private static final byte[] NONE = {};
  private static final int FIRST_BYTES = 64;
  private static final int MAX_KEPT_BYTES = 4096;

  private byte[] bytes = NONE;
  private int head;
  private int tail;

  /** Copies a note behind the others. */
  void add(Note note) {
    if (bytes.length - tail < note.length()) {
      makeRoom(note.length());
    }
    System.arraycopy(note.bytes(), note.offset(), bytes, tail, note.length());
    tail += note.length();
  }

  /** Points {@code view} at the first note, which has {@code length} bytes. */
  Note first(int length, Note view) {
    return view.set(bytes, head, length);
  }

  /** Removes the first note, which has {@code length} bytes. */
  void removeFirst(int length) {
    head += length;
    if (head == tail) {
      clear();
    }
  }

  void clear() {
    head = 0;
    tail = 0;
    if (bytes.length > MAX_KEPT_BYTES) {
      bytes = NONE;
    }
  }

  private void makeRoom(int more) {
    int length = tail - head;
    int capacity = Math.max(FIRST_BYTES, bytes.length);
    while (capacity < length + more || capacity < length * 2) {
      capacity *= 2;
    }
    byte[] target = capacity == bytes.length ? bytes : new byte[capacity];
    System.arraycopy(bytes, head, target, 0, length);
    bytes = target;
    head = 0;
    tail = length;
  }
}

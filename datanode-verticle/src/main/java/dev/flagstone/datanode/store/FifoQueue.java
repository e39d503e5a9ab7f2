package dev.flagstone.datanode.store;

/** A queue of items, linked both ways through their headers: in at the head, out at the tail. */
final class FifoQueue {

  private final Items items;
  private int head;
  private int tail;
  private long bytes;
  private int count;

  FifoQueue(Items items) {
    this.items = items;
  }

  void push(int item, int itemBytes) {
    items.prev(item, 0);
    items.next(item, head);
    if (head != 0) {
      items.prev(head, item);
    } else {
      tail = item;
    }
    head = item;
    bytes += itemBytes;
    count++;
  }

  /** Makes the oldest item the newest; there must be one. */
  void rotate() {
    int item = tail;
    if (item == head) {
      return;
    }
    tail = items.prev(item);
    items.next(tail, 0);
    items.prev(item, 0);
    items.next(item, head);
    items.prev(head, item);
    head = item;
  }

  void remove(int item, int itemBytes) {
    relink(items.prev(item), items.next(item), items.next(item), items.prev(item));
    bytes -= itemBytes;
    count--;
  }

  /** Puts {@code to} in the place of {@code from}, whose links it has been given. */
  void moved(int to) {
    relink(items.prev(to), to, items.next(to), to);
  }

  /** Puts {@code to} in the place of {@code from}, and gives it its links. */
  void replace(int from, int fromBytes, int to, int toBytes) {
    items.prev(to, items.prev(from));
    items.next(to, items.next(from));
    moved(to);
    bytes += toBytes - fromBytes;
  }

  private void relink(int prev, int behindPrev, int next, int beforeNext) {
    if (prev != 0) {
      items.next(prev, behindPrev);
    } else {
      head = behindPrev;
    }
    if (next != 0) {
      items.prev(next, beforeNext);
    } else {
      tail = beforeNext;
    }
  }

  /** The newest item, or 0. */
  int head() {
    return head;
  }

  /** The oldest item, or 0. */
  int tail() {
    return tail;
  }

  /** Bytes of memory that the items take. */
  long bytes() {
    return bytes;
  }

  int count() {
    return count;
  }
}

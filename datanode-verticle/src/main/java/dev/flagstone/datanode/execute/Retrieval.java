package dev.flagstone.datanode.execute;

import dev.flagstone.command.ItemCommand;
import dev.flagstone.command.ItemReply;
import dev.flagstone.command.ReplySink;
import dev.flagstone.command.Status;
import dev.flagstone.command.Verb;
import dev.flagstone.datanode.store.ItemMarks;
import dev.flagstone.datanode.store.ItemStore;
import dev.flagstone.item.Exptime;

/**
 * Reads items, and does to them what a read can do: sets their life, makes them where they are
 * missing, and gives the right to fill or renew them to one of their readers.
 *
 * <p>That right is won once: by who makes the item, by the first reader of a stale one, and by the
 * first who finds too little life left. From then on until it is stored or invalidated anew, the
 * item is marked as sent.
 */
final class Retrieval {

  private static final byte[] NO_BYTES = {};

  private final ItemStore store;
  private final ItemMarks marks;

  Retrieval(ItemStore store) {
    this.store = store;
    this.marks = store.marks();
  }

  void retrieve(ItemCommand command, ItemReply reply, ReplySink sink) {
    boolean found = store.find();
    if (!found && !command.wants(ItemCommand.CREATE)) {
      sink.append(reply.reset(Status.MISS));
      return;
    }
    reply.reset(Status.HIT);
    if (found) {
      read(command, reply);
    } else {
      make(command, reply);
    }
    if (reply.status == Status.HIT && command.wants(ItemCommand.WANT_KEY)) {
      reply.bytes = command.bytes;
      reply.keyOffset = command.keyOffset;
      reply.keyLength = command.keyLength;
    }
    if (reply.hasValue) {
      int offset = sink.append(reply);
      if (reply.valueLength > 0) {
        store.copyValue(sink.array(), offset);
      }
    } else {
      sink.append(reply);
    }
  }

  private void read(ItemCommand command, ItemReply reply) {
    boolean sent = marks.isSent();
    boolean stale = marks.isStale();
    boolean won = !sent && ((stale && command.wants(ItemCommand.WIN)) || isDue(command));
    before(reply);
    boolean touches = command.verb == Verb.GAT || command.wants(ItemCommand.TOUCH);
    if (touches && !store.touch(instant(command.exptime))) {
      reply.reset(Status.OUT_OF_MEMORY);
      return;
    }
    reply.marks =
        (sent ? ItemReply.SENT : 0) | (stale ? ItemReply.STALE : 0) | (won ? ItemReply.WON : 0);
    finish(command, reply);
  }

  /** Makes the item that is not there. Where there is no room for it, it is a miss as any. */
  private void make(ItemCommand command, ItemReply reply) {
    int exptime = instant(command.createExptime);
    reply.marks = ItemReply.WON;
    if (Exptime.isPast(exptime, store.nowSeconds())) {
      // Nobody could ever read it.
      reply.hasMeta = true;
      reply.hasValue = command.wants(ItemCommand.WANT_VALUE);
    } else if (store.put(0, exptime, NO_BYTES, 0, 0)) {
      before(reply);
      finish(command, reply);
    } else {
      reply.reset(Status.MISS);
    }
  }

  /** Notes what this access is about to change. */
  private void before(ItemReply reply) {
    reply.lastAccessSeconds = marks.secondsSinceAccess();
    reply.hitBefore = marks.isFetched();
  }

  private void finish(ItemCommand command, ItemReply reply) {
    if ((reply.marks & ItemReply.WON) != 0) {
      marks.markSent();
    }
    if (!command.wants(ItemCommand.NO_ACCESS)) {
      store.hit();
    }
    reply.flags = store.flags();
    reply.cas = store.cas();
    if (command.wants(ItemCommand.WANT_VALUE)) {
      reply.hasValue = true;
      reply.valueLength = store.valueLength();
    }
    if (command.wants(ItemCommand.WANT_PLACE)) {
      reply.number = (long) marks.slabClass() << Integer.SIZE | marks.chargedBytes();
    }
    reply.hasMeta = command.wants(ItemCommand.WANT_MARKS) && reply.marks != 0;
    tell(command, reply);
  }

  /** Tells life and size of the current item, if they are wanted. */
  void tell(ItemCommand command, ItemReply reply) {
    if (command.wants(ItemCommand.WANT_META)) {
      reply.hasMeta = true;
      int exptime = store.exptime();
      reply.ttlSeconds =
          exptime == Exptime.NEVER
              ? ItemReply.NEVER_EXPIRES
              : Math.max(0, (int) (Integer.toUnsignedLong(exptime) - store.nowSeconds()));
      reply.size = store.valueLength();
    }
  }

  private boolean isDue(ItemCommand command) {
    int exptime = store.exptime();
    return command.wants(ItemCommand.RECACHE)
        && exptime != Exptime.NEVER
        && Integer.compareUnsigned(exptime, instant(command.recacheSeconds)) < 0;
  }

  private int instant(int exptime) {
    return Exptime.instant(exptime, store.nowSeconds());
  }
}

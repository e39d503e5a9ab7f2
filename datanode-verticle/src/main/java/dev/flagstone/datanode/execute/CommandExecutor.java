package dev.flagstone.datanode.execute;

import dev.flagstone.command.ItemCommand;
import dev.flagstone.command.ItemReply;
import dev.flagstone.command.ReplySink;
import dev.flagstone.command.StatsTopic;
import dev.flagstone.command.Status;
import dev.flagstone.command.Verb;
import dev.flagstone.datanode.store.ItemStore;
import dev.flagstone.item.Exptime;
import dev.flagstone.item.ItemLimits;

/**
 * Carries out memcache commands on the items of one shard, with memcached's semantics ({@code
 * doc/protocol.txt}). Confined to the shard's thread.
 *
 * <p>Costs the Java heap nothing but for statistics. If it throws, which is a bug of ours, it has
 * not replied and the store is as consistent as before.
 */
public final class CommandExecutor implements ShardExecutor {

  private final ItemStore store;
  private final Counting counting;
  private final Retrieval retrieval;
  private final ItemReply reply = new ItemReply();

  /** Makes the executor of a shard's items. */
  public CommandExecutor(ItemStore store) {
    this.store = store;
    this.counting = new Counting(store);
    this.retrieval = new Retrieval(store);
  }

  @Override
  public void warm(long[] hashes, int count) {
    store.warm(hashes, count);
  }

  @Override
  public void execute(ItemCommand command, ReplySink sink) {
    if (!store.enter(command)) {
      sink.append(reply.reset(Status.UNAVAILABLE));
      return;
    }
    switch (command.verb) {
      case GET, GAT -> retrieval.retrieve(command, reply, sink);
      case SET, ADD, REPLACE, APPEND, PREPEND, CAS -> store(command, sink);
      case DELETE -> sink.append(reply.reset(delete(command)));
      case INCR, DECR -> count(command, sink);
      case TOUCH -> touch(command, sink);
      case FLUSH -> sink.append(reply.reset(flush(command)));
      case STATS -> stats(command, sink);
      case RESET_STATS -> {
        store.resetStats();
        sink.append(reply.reset(Status.OK));
      }
    }
  }

  private int exptime(ItemCommand command) {
    return Exptime.instant(command.exptime, store.nowSeconds());
  }

  private void store(ItemCommand command, ReplySink sink) {
    boolean found = store.find();
    Status status = condition(command, found);
    if (status == Status.STORED) {
      if (found && joins(command)) {
        status = join(command);
      } else if (found && command.verb == Verb.CAS && command.cas != store.cas()) {
        status = putStale(command);
      } else {
        status = put(command, found);
      }
    }
    reply.reset(status);
    if (status == Status.STORED && store.hasCurrent()) {
      reply.cas = store.cas();
      retrieval.tell(command, reply);
    } else if (status == Status.STORED && command.wants(ItemCommand.WANT_META)) {
      reply.hasMeta = true;
      reply.size = command.valueLength;
    }
    sink.append(reply);
  }

  private static boolean joins(ItemCommand command) {
    return command.verb == Verb.APPEND || command.verb == Verb.PREPEND;
  }

  /** {@link Status#STORED} if the command may store, else how it ends. */
  private Status condition(ItemCommand command, boolean found) {
    Verb verb = command.verb;
    if (!found) {
      if (joins(command) && command.wants(ItemCommand.CREATE)) {
        return Status.STORED;
      }
      return switch (verb) {
        case CAS -> Status.NOT_FOUND;
        case REPLACE, APPEND, PREPEND ->
            command.cas != ItemCommand.NO_CAS && verb == Verb.REPLACE
                ? Status.NOT_FOUND
                : Status.NOT_STORED;
        default -> command.cas != ItemCommand.NO_CAS ? Status.NOT_FOUND : Status.STORED;
      };
    }
    if (verb == Verb.CAS || command.cas != ItemCommand.NO_CAS) {
      boolean mayStore = store.cas() == command.cas || isOlder(command);
      return mayStore ? Status.STORED : Status.EXISTS;
    }
    return verb == Verb.ADD ? Status.NOT_STORED : Status.STORED;
  }

  /** Whether the command may store although the item has changed since, and marks it stale then. */
  private boolean isOlder(ItemCommand command) {
    return command.verb == Verb.CAS
        && command.wants(ItemCommand.INVALIDATE)
        && command.cas != ItemCommand.NO_CAS
        && Long.compareUnsigned(command.cas, store.cas()) < 0;
  }

  /** Stores a value that is already stale; what is left of the old one's life stays. */
  private Status putStale(ItemCommand command) {
    boolean sent = store.marks().isSent();
    Status status = put(command, store.exptime());
    if (status == Status.STORED) {
      store.marks().markStale();
      if (sent) {
        store.marks().markSent();
      }
    }
    return status;
  }

  private Status put(ItemCommand command, boolean found) {
    int exptime =
        joins(command)
            ? Exptime.instant(command.createExptime, store.nowSeconds())
            : exptime(command);
    boolean fits = ItemLimits.fits(command.keyLength, command.valueLength);
    if (fits && Exptime.isPast(exptime, store.nowSeconds())) {
      // Nobody could ever read it.
      if (found) {
        store.removeCurrent();
      }
      return Status.STORED;
    }
    return put(command, exptime);
  }

  private Status put(ItemCommand command, int exptime) {
    if (!ItemLimits.fits(command.keyLength, command.valueLength)) {
      removeStale(command);
      return Status.TOO_LARGE;
    }
    if (store.put(
        command.flags, exptime, command.bytes, command.valueOffset, command.valueLength)) {
      return Status.STORED;
    }
    removeStale(command);
    return Status.OUT_OF_MEMORY;
  }

  /** A set that failed must not leave the older value for readers to find. */
  private void removeStale(ItemCommand command) {
    if (command.verb == Verb.SET && store.hasCurrent()) {
      store.removeCurrent();
    }
  }

  private Status join(ItemCommand command) {
    long length = (long) store.valueLength() + command.valueLength;
    if (!ItemLimits.fits(command.keyLength, length)) {
      return Status.TOO_LARGE;
    }
    boolean behind = command.verb == Verb.APPEND;
    return store.extend(behind, command.bytes, command.valueOffset, command.valueLength)
        ? Status.STORED
        : Status.OUT_OF_MEMORY;
  }

  private boolean casDiffers(ItemCommand command) {
    return command.cas != ItemCommand.NO_CAS && command.cas != store.cas();
  }

  private Status delete(ItemCommand command) {
    if (!store.find()) {
      return Status.NOT_FOUND;
    }
    if (casDiffers(command)) {
      return Status.EXISTS;
    }
    boolean kept = true;
    int exptime = command.wants(ItemCommand.TOUCH) ? exptime(command) : Exptime.NEVER;
    if (command.wants(ItemCommand.CLEAR_VALUE)) {
      kept = store.clear(command.flags, exptime);
    } else if (!command.wants(ItemCommand.INVALIDATE)) {
      store.removeCurrent();
      return Status.DELETED;
    }
    if (kept && command.wants(ItemCommand.INVALIDATE)) {
      kept = store.invalidate(command.wants(ItemCommand.TOUCH) ? exptime : store.exptime());
    }
    return kept ? Status.DELETED : Status.OUT_OF_MEMORY;
  }

  private void count(ItemCommand command, ReplySink sink) {
    reply.reset(store.find() ? change(command) : begin(command));
    if (reply.status == Status.COUNTED) {
      reply.number = counting.number();
      if (store.hasCurrent()) {
        reply.cas = store.cas();
        retrieval.tell(command, reply);
      }
    }
    sink.append(reply);
  }

  private Status change(ItemCommand command) {
    if (casDiffers(command)) {
      return Status.EXISTS;
    }
    Status status = counting.change(command.verb == Verb.INCR, command.delta);
    if (status == Status.COUNTED
        && command.wants(ItemCommand.TOUCH)
        && !store.touch(exptime(command))) {
      return Status.OUT_OF_MEMORY;
    }
    return status;
  }

  /** Makes the counter that is not there; as in memcached, a demanded cas does not hinder it. */
  private Status begin(ItemCommand command) {
    if (!command.wants(ItemCommand.CREATE)) {
      return Status.NOT_FOUND;
    }
    int exptime = Exptime.instant(command.createExptime, store.nowSeconds());
    return counting.begin(command.initial, exptime);
  }

  /** Sets the exptime of an item, whose flags and cas unique the binary protocol tells. */
  private void touch(ItemCommand command, ReplySink sink) {
    if (!store.find()) {
      reply.reset(Status.NOT_FOUND);
    } else if (store.touch(exptime(command))) {
      reply.reset(Status.TOUCHED);
      reply.flags = store.flags();
      reply.cas = store.cas();
    } else {
      reply.reset(Status.OUT_OF_MEMORY);
    }
    sink.append(reply);
  }

  private Status flush(ItemCommand command) {
    long delay = command.delta;
    long now = store.nowSeconds();
    int instant = delay <= 0 ? (int) now : Exptime.instant((int) delay, now);
    store.flush(Integer.toUnsignedLong(instant));
    return Status.OK;
  }

  private void stats(ItemCommand command, ReplySink sink) {
    byte[] rows = store.stats(StatsTopic.of((int) command.delta));
    reply.reset(Status.OK);
    reply.hasValue = true;
    reply.valueLength = rows.length;
    int offset = sink.append(reply);
    System.arraycopy(rows, 0, sink.array(), offset, rows.length);
  }
}

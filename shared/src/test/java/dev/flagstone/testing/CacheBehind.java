package dev.flagstone.testing;

import dev.flagstone.command.ItemCommand;
import dev.flagstone.command.ItemReply;

/** What carries out the commands of a {@link CodecTarget}. */
public interface CacheBehind {

  /** Carries out a command about one item. */
  void execute(ItemCommand command, ItemReply reply);

  /** Lets time pass. */
  void advance(long seconds);

  /** How many items can be read. */
  int size();

  /** Forgets all items, now or after {@code delay} (as a client says it). */
  void flush(int delay);
}

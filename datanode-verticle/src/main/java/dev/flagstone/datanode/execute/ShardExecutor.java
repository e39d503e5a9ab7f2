package dev.flagstone.datanode.execute;

import dev.flagstone.command.ItemCommand;
import dev.flagstone.command.ReplySink;

/** Carries out commands on a shard's items. */
public interface ShardExecutor {

  /** Carries out the command and appends exactly one reply. */
  void execute(ItemCommand command, ReplySink sink);

  /**
   * Says which {@link ItemCommand#hash}es the next {@code count} commands have, so that what they
   * need can be fetched from memory together. Changes nothing.
   */
  default void warm(long[] hashes, int count) {}
}

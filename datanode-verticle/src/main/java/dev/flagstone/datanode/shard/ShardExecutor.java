package dev.flagstone.datanode.shard;

import dev.flagstone.command.ItemCommand;
import dev.flagstone.command.ReplySink;

/** Carries out one command on a shard's items. */
@FunctionalInterface
public interface ShardExecutor {

  /** Carries out the command and appends exactly one reply. */
  void execute(ItemCommand command, ReplySink sink);
}

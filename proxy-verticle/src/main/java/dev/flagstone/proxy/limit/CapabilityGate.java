package dev.flagstone.proxy.limit;

import dev.flagstone.command.ItemCommand;
import dev.flagstone.command.Status;
import dev.flagstone.command.Verb;
import dev.flagstone.tenancy.Capability;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Holds back what a credential may not do. */
public final class CapabilityGate {

  /** All there are: sessions share them. */
  private static final CapabilityGate[] GATES = {
    new CapabilityGate(false, false),
    new CapabilityGate(true, false),
    new CapabilityGate(false, true),
    new CapabilityGate(true, true)
  };

  private final @Nullable Status[] refusals = new Status[Verb.COUNT];

  private CapabilityGate(boolean mayWrite, boolean mayFlush) {
    for (int i = 0; i < Verb.COUNT; i++) {
      Verb verb = Verb.of(i);
      if (verb == Verb.FLUSH) {
        refusals[i] = mayFlush ? null : Status.FLUSH_DENIED;
      } else if (writes(verb)) {
        refusals[i] = mayWrite ? null : Status.WRITE_DENIED;
      }
    }
  }

  /** The gate of somebody with these capabilities. */
  public static CapabilityGate of(Predicate<Capability> may) {
    return GATES[(may.test(Capability.WRITE) ? 1 : 0) + (may.test(Capability.FLUSH) ? 2 : 0)];
  }

  /** Why the verb is not carried out, or null if it is. */
  public @Nullable Status refusal(Verb verb) {
    return refusals[verb.ordinal()];
  }

  /**
   * Why the command is not carried out, or null if it is. A reader who may not write is told that
   * an item is stale, but does not win the right to renew it: nobody else would get it then.
   */
  public @Nullable Status refusal(ItemCommand command) {
    if (refusals[Verb.SET.ordinal()] != null) {
      command.modifiers &= ~ItemCommand.WIN;
    }
    boolean changes = (command.modifiers & ItemCommand.CHANGES) != 0;
    return refusal(changes && command.verb == Verb.GET ? Verb.GAT : command.verb);
  }

  private static boolean writes(Verb verb) {
    return switch (verb) {
      case GAT, SET, ADD, REPLACE, APPEND, PREPEND, CAS, DELETE, INCR, DECR, TOUCH -> true;
      case GET, FLUSH, STATS, RESET_STATS -> false;
    };
  }
}

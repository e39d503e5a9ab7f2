package dev.flagstone.proxy.session;

import dev.flagstone.bus.Frame;
import dev.flagstone.command.CacheCommand;
import dev.flagstone.command.ItemReply;
import dev.flagstone.command.Notice;
import dev.flagstone.command.StatRows;
import dev.flagstone.command.StatsTopic;
import dev.flagstone.command.Status;
import dev.flagstone.command.Verb;
import dev.flagstone.proxy.metric.TrafficCounter;
import dev.flagstone.proxy.route.ReplyTarget;

/**
 * Waits for all shards to answer a command about a whole cache, and answers the session then. One
 * failure is enough for the whole to fail: a flush that missed a shard is none.
 */
final class Gather implements ReplyTarget {

  private final Session session;
  private final long ticket;
  private final CacheCommand command;
  private final Identity identity;
  private final SessionContext context;
  private final CacheStatistics statistics;
  private int missing;
  private boolean failed;

  Gather(
      Session session,
      long ticket,
      CacheCommand command,
      Identity identity,
      SessionContext context) {
    this.session = session;
    this.ticket = ticket;
    this.command = command;
    this.identity = identity;
    this.context = context;
    this.statistics = new CacheStatistics();
    this.missing = context.router().shardCount();
  }

  @Override
  public void replied(long shard, ItemReply reply, Frame frame, int offset) {
    if (reply.status != Status.OK) {
      failed = true;
    } else if (reply.hasValue) {
      StatRows.visit(reply.bytes, reply.valueOffset, reply.valueLength, statistics::add);
    }
    oneLess();
  }

  @Override
  public void failed(long shard, Status status) {
    failed = true;
    oneLess();
  }

  private void oneLess() {
    if (--missing == 0) {
      session.answer(ticket, failed ? Status.UNAVAILABLE : result());
    }
  }

  private Object result() {
    int cacheId = identity.cacheId().value();
    if (command.verb() == Verb.FLUSH) {
      context.loopMetrics().traffic(cacheId).count(TrafficCounter.CMD_FLUSH);
      return Notice.OK;
    }
    if (command.verb() == Verb.RESET_STATS) {
      return Notice.RESET;
    }
    return statistics.of(StatsTopic.of(command.argument()), identity, context);
  }
}

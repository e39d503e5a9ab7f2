package dev.flagstone.proxy.route;

import dev.flagstone.bus.Frame;
import dev.flagstone.command.ItemReply;
import dev.flagstone.command.Status;

/** Who waits for the reply to a request. Each request gets exactly one of the two calls. */
public interface ReplyTarget {

  /**
   * A shard has answered.
   *
   * @param ticket what was handed to the router with the request
   * @param reply valid during the call only
   * @param frame what holds the reply: whoever needs it for longer retains it, keeps the offset,
   *     and releases it to the loop's pool
   * @param offset where in the frame the reply stands
   */
  void replied(long ticket, ItemReply reply, Frame frame, int offset);

  /**
   * No shard has answered or will.
   *
   * @param status {@link Status#UNAVAILABLE}
   */
  void failed(long ticket, Status status);
}

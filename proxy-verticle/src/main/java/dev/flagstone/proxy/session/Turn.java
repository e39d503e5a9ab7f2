package dev.flagstone.proxy.session;

import dev.flagstone.command.ItemReply;
import dev.flagstone.protocol.ByteSink;
import dev.flagstone.proxy.route.Router;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.concurrent.Executor;

/**
 * One turn of an event loop: what its sockets and its inbox bring is worked off together, then
 * every shard gets one batch and every socket one write.
 *
 * <p>Whoever makes work for the turn's end says so; the first to do so schedules it behind the
 * events that the loop has at hand.
 */
public final class Turn {

  private static final int MAX_SPARE_SINKS = 64;
  private static final int MAX_KEPT_BYTES = 256 * 1024;

  private final Executor behindEvents;
  private final Router router;
  private final ArrayDeque<ByteSink> spareSinks = new ArrayDeque<>();
  private ArrayList<Session> stalled = new ArrayList<>();
  private ArrayList<Session> resumed = new ArrayList<>();
  private final ArrayList<Session> dirty = new ArrayList<>();
  private final Runnable end = this::end;
  private final ItemReply view = new ItemReply();
  private boolean scheduled;

  /**
   * Makes the turns of one loop.
   *
   * @param behindEvents runs a task on the loop, behind the events that it has at hand
   */
  public Turn(Executor behindEvents, Router router) {
    this.behindEvents = behindEvents;
    this.router = router;
  }

  /** Something was handed to the router, so the turn must end with a flush. */
  void requested() {
    if (!scheduled) {
      scheduled = true;
      behindEvents.execute(end);
    }
  }

  /** The session has bytes to send when the turn ends; to be called once a turn and session. */
  void hasOutput(Session session) {
    dirty.add(session);
    requested();
  }

  /** The session has bytes that it could not decode so far, and now could; likewise. */
  void canResume(Session session) {
    stalled.add(session);
    requested();
  }

  /** A view for replies that are read again; valid until the next one is. */
  ItemReply view() {
    return view;
  }

  /** An empty sink. */
  ByteSink takeSink() {
    ByteSink sink = spareSinks.pollLast();
    return sink == null ? new ByteSink() : sink;
  }

  /** Takes a sink back. */
  void releaseSink(ByteSink sink) {
    if (spareSinks.size() < MAX_SPARE_SINKS && sink.array().length <= MAX_KEPT_BYTES) {
      sink.clear();
      spareSinks.addLast(sink);
    }
  }

  private void end() {
    scheduled = false;
    ArrayList<Session> now = stalled;
    stalled = resumed;
    resumed = now;
    for (int i = 0; i < now.size(); i++) {
      now.get(i).resume();
    }
    now.clear();
    router.flush();
    for (int i = 0; i < dirty.size(); i++) {
      dirty.get(i).flushOutput();
    }
    dirty.clear();
  }
}

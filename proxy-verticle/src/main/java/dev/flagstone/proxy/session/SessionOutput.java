package dev.flagstone.proxy.session;

import dev.flagstone.bus.BatchReplyReader;
import dev.flagstone.bus.Frame;
import dev.flagstone.command.ItemReply;
import dev.flagstone.command.Reply;
import dev.flagstone.command.Status;
import dev.flagstone.command.Verb;
import dev.flagstone.protocol.ByteSink;
import dev.flagstone.protocol.Encoder;
import dev.flagstone.protocol.Note;
import dev.flagstone.proxy.metric.CacheTraffic;
import dev.flagstone.proxy.metric.ProxyCounter;
import dev.flagstone.proxy.metric.TrafficCounter;
import org.jspecify.annotations.Nullable;

/**
 * The answering half of a session: which replies are owed, in the order of the requests. Replies
 * are encoded as soon as it is their turn, and sent once a turn of the loop.
 */
final class SessionOutput {

  /** Output is sent before the turn ends when there is this much of it, in bytes. */
  private static final int EARLY_FLUSH_BYTES = 64 * 1024;

  private final Session session;
  private final SessionContext context;
  private final SessionChannel channel;
  private final ReplyQueue owed = new ReplyQueue();
  private final Window window;
  private @Nullable CacheTraffic traffic;
  private @Nullable Encoder encoder;
  private @Nullable ByteSink sink;
  private boolean writable = true;
  private long stalledSinceNanos;

  SessionOutput(Session session, SessionContext context, SessionChannel channel) {
    this.session = session;
    this.context = context;
    this.channel = channel;
    this.window = new Window(context.limits());
  }

  /** The protocol is known. */
  void encoder(Encoder newEncoder) {
    encoder = newEncoder;
  }

  /** The cache is known: from now on its numbers are counted. */
  void traffic(CacheTraffic newTraffic) {
    traffic = newTraffic;
  }

  /** Whether one request more may be made: the client takes its replies, and few are unanswered. */
  boolean hasRoom() {
    return writable && owed.size() < window.requests();
  }

  /** Whether all replies are sent. */
  boolean isDone() {
    return owed.isEmpty() && sink == null;
  }

  /** Keeps a place for the reply to a command about an item; returns its ticket. */
  long owe(Verb verb, int valueLength, long form, Note note, boolean noreply) {
    window.expect(valueLength);
    return owed.add(verb.ordinal(), form, note, noreply);
  }

  /** Keeps a place for another reply; returns its ticket. */
  long owe(long form, Note note, boolean noreply) {
    return owed.add(form, note, noreply);
  }

  /** Brings a reply that a shard gave, or its place in the frame if others come before it. */
  void replied(long ticket, ItemReply reply, Frame frame, int offset) {
    if (owed.isFirst(ticket)) {
      emitItem(reply);
      owed.removeFirst();
      emitAnswered();
    } else {
      owed.answer(ticket, frame, offset);
    }
  }

  /** Brings a {@link Reply} or a {@link Status} of the proxy's own. */
  void answer(long ticket, Object replyOrStatus) {
    owed.answer(ticket, replyOrStatus);
    emitAnswered();
  }

  /** Encodes every reply whose turn it is. */
  private void emitAnswered() {
    ItemReply view = context.turn().view();
    for (Object answer = owed.firstAnswer(); answer != null; answer = owed.firstAnswer()) {
      if (answer instanceof Frame frame) {
        BatchReplyReader.read(frame, owed.firstOffset(), view);
        emitItem(view);
        context.router().pool().release(frame);
      } else if (answer instanceof Status status) {
        emitItem(view.reset(status));
      } else if (!owed.firstIsNoreply()) {
        encode((Reply) answer);
      }
      owed.removeFirst();
    }
    session.progressed();
  }

  private void emitItem(ItemReply reply) {
    if (reply.hasValue) {
      window.observe(reply.valueLength);
    }
    int verb = owed.firstVerb();
    if (traffic != null && verb >= 0) {
      ItemTraffic.count(traffic, Verb.of(verb), reply.status);
    }
    if (!owed.firstIsNoreply()) {
      encode(reply);
    }
  }

  private void encode(Reply reply) {
    Encoder current = encoder;
    if (current == null) {
      throw new IllegalStateException("a reply before the protocol is known");
    }
    ByteSink target = sink;
    if (target == null) {
      target = context.turn().takeSink();
      sink = target;
      context.turn().hasOutput(session);
    }
    current.encode(owed.firstForm(), owed.firstNote(), reply, target);
    if (target.length() >= EARLY_FLUSH_BYTES) {
      send(target);
      target.clear();
    }
  }

  /** Sends what the turn has brought. */
  void flush() {
    ByteSink filled = sink;
    if (filled == null) {
      return;
    }
    sink = null;
    if (filled.length() > 0) {
      send(filled);
    }
    context.turn().releaseSink(filled);
    session.progressed();
  }

  private void send(ByteSink bytes) {
    context.loopMetrics().count(ProxyCounter.BYTES_WRITTEN, bytes.length());
    if (traffic != null) {
      traffic.count(TrafficCounter.BYTES_WRITTEN, bytes.length());
    }
    channel.write(bytes);
  }

  /** The connection takes bytes again, or takes no more for now. */
  void writable(boolean newWritable) {
    if (writable && !newWritable) {
      stalledSinceNanos = context.time().nanos();
      watchStalled(stalledSinceNanos);
    }
    writable = newWritable;
  }

  private void watchStalled(long since) {
    context
        .timers()
        .after(
            context.limits().stalledMillis(),
            () -> {
              if (!writable && stalledSinceNanos == since) {
                session.stalledTooLong();
              }
            });
  }

  /** Forgets all, giving back what it holds. */
  void clear() {
    owed.clear(context.router().pool());
    if (sink != null) {
      sink.clear();
    }
  }

  /** Throws if it contradicts itself; for tests. */
  void assertConsistent() {
    owed.assertConsistent();
    if (session.state() == SessionState.CLOSED && !owed.isEmpty()) {
      throw new AssertionError("a closed session still owes replies");
    }
  }
}

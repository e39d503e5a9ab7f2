package dev.flagstone.proxy.session;

import dev.flagstone.bus.BatchReplyReader;
import dev.flagstone.bus.Frame;
import dev.flagstone.command.Fault;
import dev.flagstone.command.ItemCommand;
import dev.flagstone.command.ItemReply;
import dev.flagstone.command.Reply;
import dev.flagstone.command.Status;
import dev.flagstone.command.Verb;
import dev.flagstone.protocol.ByteSink;
import dev.flagstone.protocol.Encoder;
import dev.flagstone.protocol.ProtocolCodec;
import dev.flagstone.protocol.ProtocolDetector;
import dev.flagstone.protocol.Rejected;
import dev.flagstone.proxy.metric.CacheTraffic;
import dev.flagstone.proxy.metric.ProxyCounter;
import dev.flagstone.proxy.metric.TrafficCounter;
import dev.flagstone.proxy.route.ReplyTarget;
import dev.flagstone.tenancy.Tenants;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * One client connection's state: what it has sent and is not decoded, which replies it is owed, and
 * on whose behalf it acts. It knows no socket, and is confined to its event loop.
 *
 * <p>Bytes come in by {@link #received} and are decoded until they end inside a command, or until
 * the session is <em>stalled</em>: too much is unanswered, or the client does not take its replies.
 * A stalled session keeps what it has, has its connection read no further, and goes on at the end
 * of a turn in which the cause has gone. Replies are encoded as soon as it is their turn, and sent
 * once a turn.
 */
public final class Session implements ReplyTarget {

  /** Output is sent before the turn ends when there is this much of it, in bytes. */
  private static final int EARLY_FLUSH_BYTES = 64 * 1024;

  private final SessionContext context;
  private final SessionChannel channel;
  private final @Nullable InetAddress source;
  private final InputBuffer input = new InputBuffer();
  private final Skipper skipper = new Skipper();
  private final ReplyQueue replies = new ReplyQueue();
  private final Window window;
  private SessionState state = SessionState.DETECTING;
  private @Nullable Identity identity;
  private @Nullable CacheTraffic traffic;
  private @Nullable SessionReader reader;
  private @Nullable Encoder encoder;
  private @Nullable ByteSink output;
  private int wantedBytes = 1;
  private boolean suspended;
  private boolean stalled;
  private boolean resumeQueued;
  private boolean reading = true;
  private boolean writable = true;
  private boolean inputEnded;
  private boolean closing;
  private long stalledSinceNanos;

  /**
   * Makes the session of a new connection.
   *
   * @param identity on whose behalf it acts without a login, or null if it must log in
   * @param source where it comes from, or null if nobody knows
   */
  public Session(
      SessionContext context,
      SessionChannel channel,
      @Nullable Identity identity,
      @Nullable InetAddress source) {
    this.context = context;
    this.channel = channel;
    this.identity = identity;
    this.source = source;
    this.window = new Window(context.limits());
    context.loopMetrics().connectionOpened();
    if (identity != null) {
      enter(identity);
    } else {
      context.timers().after(context.limits().loginMillis(), this::loginIsDue);
    }
  }

  private void loginIsDue() {
    if (identity == null && takesInput()) {
      context.loopMetrics().count(ProxyCounter.LOGIN_TIMEOUTS);
      drain();
    }
  }

  /** Where the session stands. */
  public SessionState state() {
    return state;
  }

  // --- input

  /** The connection has brought bytes; they are the caller's again when this returns. */
  public void received(byte[] bytes, int offset, int length) {
    try {
      take(bytes, offset, length);
    } catch (RuntimeException e) {
      bug(e);
    }
  }

  private void take(byte[] bytes, int offset, int length) {
    context.loopMetrics().count(ProxyCounter.BYTES_READ, length);
    if (traffic != null) {
      traffic.count(TrafficCounter.BYTES_READ, length);
    }
    if (!takesInput()) {
      return;
    }
    if (input.isEmpty() && !stalled) {
      int at = consume(bytes, offset, offset + length);
      if (takesInput() && at < offset + length) {
        input.append(bytes, at, offset + length - at);
      }
    } else {
      input.append(bytes, offset, length);
      if (!stalled && input.length() >= wantedBytes) {
        consumeBuffered();
      }
    }
    regulate();
  }

  private void consumeBuffered() {
    int at = consume(input.array(), input.from(), input.to());
    if (takesInput()) {
      input.consumeTo(at);
    } else {
      input.clear();
    }
  }

  /** Decodes as far as can be, and returns where it stopped. */
  private int consume(byte[] bytes, int from, int to) {
    int at = from;
    wantedBytes = 1;
    while (at < to && takesInput()) {
      if (skipper.isActive()) {
        at = skipper.skip(bytes, at, to);
        continue;
      }
      if (!mayDecode()) {
        stalled = true;
        return at;
      }
      SessionReader current = reader == null ? detect(bytes[at]) : reader;
      if (current == null) {
        return to;
      }
      int next = current.read(bytes, at, to);
      if (next == SessionReader.NEED_MORE) {
        return at;
      }
      at = next;
    }
    return at;
  }

  private @Nullable SessionReader detect(byte first) {
    ProtocolCodec codec = context.codecs().of(ProtocolDetector.detect(first));
    if (codec == null) {
      context.loopMetrics().count(ProxyCounter.HOSTILE_CLOSES);
      drain();
      return null;
    }
    encoder = codec.encoder();
    if (identity == null) {
      become(SessionState.UNAUTHENTICATED);
      reader = new LoginReader(this, context, codec, source);
    } else {
      become(SessionState.READY);
      reader = new CommandReader(this, context, codec.newDecoder(), identity);
    }
    return reader;
  }

  private boolean takesInput() {
    return state.ordinal() < SessionState.DRAINING.ordinal();
  }

  private boolean mayDecode() {
    return writable && !suspended && replies.size() < window.requests();
  }

  /** Goes on with what was left undecoded; called by the turn. */
  void resume() {
    resumeQueued = false;
    stalled = false;
    try {
      if (takesInput() && !input.isEmpty()) {
        consumeBuffered();
      }
      regulate();
    } catch (RuntimeException e) {
      bug(e);
    }
  }

  private void queueResume() {
    if (stalled && !resumeQueued && mayDecode()) {
      resumeQueued = true;
      context.turn().canResume(this);
    }
  }

  /** Reads the connection only while there is room for what it brings. */
  private void regulate() {
    boolean read = !stalled || input.length() < context.limits().readAheadBytes();
    if (read != reading && state != SessionState.CLOSED) {
      reading = read;
      channel.setReading(read);
    }
    if (inputEnded && !stalled) {
      drain();
    }
  }

  /** A decoder wants this many bytes before it is asked again. */
  void want(int bytes) {
    wantedBytes = bytes;
  }

  /** The client will send no more; it still gets the replies to what it has sent. */
  public void inputClosed() {
    inputEnded = true;
    regulate();
  }

  /** Decodes nothing until {@link #refuse}: the answer to what was decoded last takes time. */
  void suspend() {
    suspended = true;
  }

  /** Answers with a fault what the session was suspended for, and closes it. */
  void refuse(long ticket, Fault fault) {
    suspended = false;
    answer(ticket, fault);
    drain();
  }

  // --- requests

  /** Sends a command to the shard of its key. */
  void request(ItemCommand command, long form, boolean noreply) {
    window.expect(command.valueLength);
    long ticket = replies.add(command.verb.ordinal(), form, noreply);
    context.turn().requested();
    context.router().route(command, this, ticket);
  }

  /** Keeps a place in the order of the replies, for one that {@link #answer} brings. */
  long owe(long form, boolean noreply) {
    return replies.add(form, noreply);
  }

  /** Keeps a place for a reply that is known already. */
  void reply(Object replyOrStatus, int verb, long form, boolean noreply) {
    answer(replies.add(verb, form, noreply), replyOrStatus);
  }

  /** Keeps a place for a reply that is known already and has nothing to do with an item. */
  void reply(Reply known, long form, boolean noreply) {
    answer(owe(form, noreply), known);
  }

  /** Brings the reply (a {@link Reply} or a {@link Status}) to a place that was kept. */
  void answer(long ticket, Object replyOrStatus) {
    if (state == SessionState.CLOSED) {
      return;
    }
    replies.answer(ticket, replyOrStatus);
    emitAnswered();
  }

  /** Acts on a rejection by the decoder. */
  void reject(Rejected rejected) {
    context.loopMetrics().count(ProxyCounter.REJECTED_COMMANDS);
    if (rejected.fault() != null) {
      reply(rejected.fault(), rejected.form(), false);
    }
    switch (rejected.recovery()) {
      case CONTINUE -> {}
      case SKIP_LINE -> skipper.skipLine();
      case SWALLOW -> skipper.skipBytes(rejected.swallowBytes());
      case CLOSE -> {
        context.loopMetrics().count(ProxyCounter.HOSTILE_CLOSES);
        drain();
      }
    }
  }

  // --- identity

  /** The login was right. */
  void loggedIn(Identity newIdentity, ProtocolCodec codec) {
    identity = newIdentity;
    enter(newIdentity);
    become(SessionState.READY);
    reader = new CommandReader(this, context, codec.newDecoder(), newIdentity);
  }

  private void enter(Identity entered) {
    traffic = context.loopMetrics().traffic(entered.cacheId().value());
    traffic.opened();
  }

  /** Applies a newer table of caches: capabilities change, and who is no longer known is closed. */
  public void refresh(Tenants tenants) {
    if (identity == null) {
      return;
    }
    identity = identity.in(tenants).orElse(null);
    if (identity == null) {
      drain();
    } else if (reader instanceof CommandReader commands) {
      commands.identity(identity);
    }
  }

  // --- replies

  @Override
  public void replied(long ticket, ItemReply reply, Frame frame, int offset) {
    if (state == SessionState.CLOSED) {
      return;
    }
    try {
      if (replies.isFirst(ticket)) {
        emitItem(reply);
        replies.removeFirst();
        emitAnswered();
      } else {
        replies.answer(ticket, frame, offset);
      }
    } catch (RuntimeException e) {
      bug(e);
    }
  }

  @Override
  public void failed(long ticket, Status status) {
    try {
      answer(ticket, status);
    } catch (RuntimeException e) {
      bug(e);
    }
  }

  /** Encodes every reply whose turn it is. */
  private void emitAnswered() {
    ItemReply view = context.turn().view();
    for (Object answer = replies.firstAnswer(); answer != null; answer = replies.firstAnswer()) {
      if (answer instanceof Frame frame) {
        BatchReplyReader.read(frame, replies.firstOffset(), view);
        emitItem(view);
        context.router().pool().release(frame);
      } else if (answer instanceof Status status) {
        emitItem(view.reset(status));
      } else if (!replies.firstIsNoreply()) {
        encode((Reply) answer);
      }
      replies.removeFirst();
    }
    queueResume();
    closeIfDrained();
  }

  private void emitItem(ItemReply reply) {
    if (reply.hasValue) {
      window.observe(reply.valueLength);
    }
    int verb = replies.firstVerb();
    if (traffic != null && verb >= 0) {
      ItemTraffic.count(traffic, Verb.of(verb), reply.status);
    }
    if (!replies.firstIsNoreply()) {
      encode(reply);
    }
  }

  private void encode(Reply reply) {
    Encoder current = encoder;
    if (current == null) {
      throw new IllegalStateException("a reply before the protocol is known");
    }
    ByteSink sink = output;
    if (sink == null) {
      sink = context.turn().takeSink();
      output = sink;
      context.turn().hasOutput(this);
    }
    current.encode(replies.firstForm(), reply, sink);
    if (sink.length() >= EARLY_FLUSH_BYTES) {
      send(sink);
      sink.clear();
    }
  }

  /** Sends what the turn has brought; called by the turn. */
  void flushOutput() {
    ByteSink sink = output;
    if (sink == null) {
      return;
    }
    output = null;
    if (state != SessionState.CLOSED && sink.length() > 0) {
      send(sink);
    }
    context.turn().releaseSink(sink);
    closeIfDrained();
  }

  private void send(ByteSink sink) {
    context.loopMetrics().count(ProxyCounter.BYTES_WRITTEN, sink.length());
    if (traffic != null) {
      traffic.count(TrafficCounter.BYTES_WRITTEN, sink.length());
    }
    channel.write(sink);
  }

  /** The connection takes bytes again, or takes no more for now. */
  public void writable(boolean newWritable) {
    if (writable && !newWritable) {
      stalledSinceNanos = context.time().nanos();
      watchStalled();
    }
    writable = newWritable;
    queueResume();
  }

  private void watchStalled() {
    long limit = context.limits().stalledMillis();
    long since = stalledSinceNanos;
    context
        .timers()
        .after(
            limit,
            () -> {
              if (!writable && stalledSinceNanos == since && state != SessionState.CLOSED) {
                context.loopMetrics().count(ProxyCounter.SLOW_READERS);
                channel.abort();
              }
            });
  }

  // --- the end

  /** Takes no more commands, and closes when all replies are out. */
  public void drain() {
    if (takesInput()) {
      become(SessionState.DRAINING);
      input.clear();
      closeIfDrained();
    }
  }

  private void closeIfDrained() {
    boolean done = replies.isEmpty() && output == null && !suspended;
    if (state == SessionState.DRAINING && done && !closing) {
      closing = true;
      channel.close();
    }
  }

  /** The connection is gone. */
  public void closed() {
    if (state == SessionState.CLOSED) {
      return;
    }
    become(SessionState.CLOSED);
    replies.clear(context.router().pool());
    input.clear();
    context.loopMetrics().connectionClosed();
    if (traffic != null) {
      traffic.closed();
    }
  }

  private void become(SessionState next) {
    if (!state.mayBecome(next)) {
      throw new IllegalStateException(state + " cannot become " + next);
    }
    state = next;
  }

  /** A bug of ours: the session pays for it, and nobody else. */
  private void bug(RuntimeException e) {
    context.loopMetrics().count(ProxyCounter.SESSION_BUGS);
    context.log().bug("closing a session because of a bug", e);
    channel.abort();
  }

  /** Throws if the session contradicts itself; for tests. */
  public void assertConsistent() {
    replies.assertConsistent();
    if (state == SessionState.CLOSED && !(replies.isEmpty() && input.isEmpty())) {
      throw new AssertionError("a closed session still holds something");
    }
    if (!stalled && !input.isEmpty() && input.length() >= wantedBytes && takesInput()) {
      throw new AssertionError("bytes that nobody will decode");
    }
  }
}

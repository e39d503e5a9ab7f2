package dev.flagstone.proxy.session;

import dev.flagstone.bus.Frame;
import dev.flagstone.command.Fault;
import dev.flagstone.command.ItemCommand;
import dev.flagstone.command.ItemReply;
import dev.flagstone.command.Reply;
import dev.flagstone.command.Status;
import dev.flagstone.command.Verb;
import dev.flagstone.protocol.Decoded;
import dev.flagstone.protocol.Note;
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
 * One client connection's state: where it stands and on whose behalf it acts. Its two halves hold
 * what has arrived ({@link SessionInput}) and what is owed ({@link SessionOutput}). It knows no
 * socket, and is confined to its event loop.
 */
public final class Session implements ReplyTarget {

  private static final Note NO_NOTE = new Note();

  private final SessionContext context;
  private final SessionChannel channel;
  private final @Nullable InetAddress source;
  private final SessionInput input;
  private final SessionOutput output;
  private SessionState state = SessionState.DETECTING;
  private @Nullable Identity identity;
  private @Nullable CacheTraffic traffic;
  private @Nullable SessionReader reader;
  private boolean suspended;
  private boolean closing;

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
    this.input = new SessionInput(this, channel, context.turn(), context.limits().readAheadBytes());
    this.output = new SessionOutput(this, context, channel);
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

  boolean takesInput() {
    return state.ordinal() < SessionState.DRAINING.ordinal();
  }

  boolean mayDecode() {
    return !suspended && output.hasRoom();
  }

  // --- what the connection tells

  /** The connection has brought bytes; they are the caller's again when this returns. */
  public void received(byte[] bytes, int offset, int length) {
    context.loopMetrics().count(ProxyCounter.BYTES_READ, length);
    if (traffic != null) {
      traffic.count(TrafficCounter.BYTES_READ, length);
    }
    if (!takesInput()) {
      return;
    }
    try {
      input.received(bytes, offset, length);
    } catch (RuntimeException e) {
      bug(e);
    }
  }

  /** The client will send no more; it still gets the replies to what it has sent. */
  public void inputClosed() {
    input.end();
  }

  /** The connection takes bytes again, or takes no more for now. */
  public void writable(boolean writable) {
    output.writable(writable);
    input.queueResume();
  }

  /** The connection is gone. */
  public void closed() {
    if (state == SessionState.CLOSED) {
      return;
    }
    become(SessionState.CLOSED);
    output.clear();
    input.clear();
    context.loopMetrics().connectionClosed();
    if (traffic != null) {
      traffic.closed();
    }
  }

  // --- what the turn tells

  /** Goes on with what was left undecoded. */
  void resume() {
    try {
      input.resume();
    } catch (RuntimeException e) {
      bug(e);
    }
  }

  /** Sends what the turn has brought. */
  void flushOutput() {
    if (state != SessionState.CLOSED) {
      output.flush();
    }
  }

  // --- what the input half asks

  /** Reads one command, or tells {@link SessionReader#NEED_MORE}. */
  int read(byte[] bytes, int from, int to) {
    SessionReader current = reader == null ? detect(bytes[from]) : reader;
    return current == null ? to : current.read(bytes, from, to);
  }

  private @Nullable SessionReader detect(byte first) {
    ProtocolCodec codec = context.codecs().of(ProtocolDetector.detect(first));
    if (codec == null) {
      context.loopMetrics().count(ProxyCounter.HOSTILE_CLOSES);
      drain();
      return null;
    }
    output.encoder(codec.encoder());
    if (identity == null) {
      become(SessionState.UNAUTHENTICATED);
      reader = new LoginReader(this, context, codec, source);
    } else {
      become(SessionState.READY);
      reader = new CommandReader(this, context, codec.newDecoder(), identity);
    }
    return reader;
  }

  // --- what the readers ask

  /** A decoder wants this many bytes before it is asked again. */
  void want(int bytes) {
    input.want(bytes);
  }

  /** Sends a command to the shard of its key. */
  void request(ItemCommand command, long form, Note note, boolean noreply) {
    long ticket = output.owe(command.verb, command.valueLength, form, note, noreply);
    context.turn().requested();
    context.router().route(command, this, ticket);
  }

  /** Keeps a place in the order of the replies, for one that {@link #answer} brings. */
  long owe(Decoded request) {
    return output.owe(request.form(), request.note(), request.noreply());
  }

  /** Answers a command about an item with a status that is known already. */
  void reply(Status status, Verb verb, Decoded request) {
    answer(output.owe(verb, 0, request.form(), request.note(), request.noreply()), status);
  }

  /** Answers a command with a reply that is known already. */
  void reply(Reply known, Decoded request) {
    answer(owe(request), known);
  }

  /** Brings the reply (a {@link Reply} or a {@link Status}) to a place that was kept. */
  void answer(long ticket, Object replyOrStatus) {
    if (state != SessionState.CLOSED) {
      output.answer(ticket, replyOrStatus);
    }
  }

  /** Acts on a rejection by the decoder. */
  void reject(Rejected rejected) {
    context.loopMetrics().count(ProxyCounter.REJECTED_COMMANDS);
    if (rejected.fault() != null) {
      answer(output.owe(rejected.form(), NO_NOTE, false), rejected.fault());
    }
    input.recover(rejected);
    if (rejected.recovery() == Rejected.Recovery.CLOSE) {
      context.loopMetrics().count(ProxyCounter.HOSTILE_CLOSES);
      drain();
    }
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

  /** The login was right. */
  void loggedIn(Identity newIdentity, ProtocolCodec codec) {
    identity = newIdentity;
    enter(newIdentity);
    become(SessionState.READY);
    reader = new CommandReader(this, context, codec.newDecoder(), newIdentity);
  }

  private void enter(Identity entered) {
    CacheTraffic own = context.loopMetrics().traffic(entered.cacheId().value());
    own.opened();
    output.traffic(own);
    traffic = own;
  }

  // --- what shards and tables tell

  @Override
  public void replied(long ticket, ItemReply reply, Frame frame, int offset) {
    if (state == SessionState.CLOSED) {
      return;
    }
    try {
      output.replied(ticket, reply, frame, offset);
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

  // --- the end

  /** Takes no more commands, and closes when all replies are out. */
  public void drain() {
    if (takesInput()) {
      become(SessionState.DRAINING);
      input.clear();
      closeIfDone();
    }
  }

  /** Replies have gone out: there may be room for more, or nothing left to do. */
  void progressed() {
    input.queueResume();
    closeIfDone();
  }

  private void closeIfDone() {
    if (state == SessionState.DRAINING && output.isDone() && !suspended && !closing) {
      closing = true;
      channel.close();
    }
  }

  /** The client has not taken its replies for too long. */
  void stalledTooLong() {
    if (state != SessionState.CLOSED) {
      context.loopMetrics().count(ProxyCounter.SLOW_READERS);
      channel.abort();
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
    input.assertConsistent();
    output.assertConsistent();
  }
}

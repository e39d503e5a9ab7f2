package dev.flagstone.proxy.session;

import dev.flagstone.command.CacheCommand;
import dev.flagstone.command.Command;
import dev.flagstone.command.ItemCommand;
import dev.flagstone.command.LoginAttempt;
import dev.flagstone.command.Notice;
import dev.flagstone.command.SessionCommand;
import dev.flagstone.command.Status;
import dev.flagstone.command.Verb;
import dev.flagstone.protocol.DecodeResult;
import dev.flagstone.protocol.Decoded;
import dev.flagstone.protocol.Decoder;
import dev.flagstone.protocol.NeedMore;
import dev.flagstone.protocol.Rejected;
import dev.flagstone.proxy.limit.CapabilityGate;
import dev.flagstone.proxy.metric.ProxyCounter;

/** Reads the commands of a session that acts on somebody's behalf. */
final class CommandReader implements SessionReader {

  private final Session session;
  private final SessionContext context;
  private final Decoder decoder;
  private Identity identity;
  private CapabilityGate gate;

  CommandReader(Session session, SessionContext context, Decoder decoder, Identity identity) {
    this.session = session;
    this.context = context;
    this.decoder = decoder;
    this.identity = identity;
    this.gate = CapabilityGate.of(identity::may);
  }

  /** The identity has changed: another table of caches is in force. */
  void identity(Identity newIdentity) {
    identity = newIdentity;
    gate = CapabilityGate.of(newIdentity::may);
  }

  @Override
  public int read(byte[] bytes, int from, int to) {
    DecodeResult result = decoder.decode(bytes, from, to);
    if (result instanceof Decoded decoded) {
      execute(decoded);
      return from + decoded.consumed();
    }
    if (result instanceof NeedMore more) {
      session.want(more.wantedBytes());
      return NEED_MORE;
    }
    Rejected rejected = (Rejected) result;
    if (rejected.instead() != null) {
      item(rejected.instead(), rejected.form(), true);
    }
    session.reject(rejected);
    return from + rejected.consumed();
  }

  private void execute(Decoded decoded) {
    Command command = decoded.command();
    context.loopMetrics().count(ProxyCounter.COMMANDS);
    if (command instanceof ItemCommand item) {
      item(item, decoded.form(), decoded.noreply());
    } else if (command instanceof SessionCommand own) {
      own(own, decoded);
    } else if (command instanceof CacheCommand whole) {
      whole(whole, decoded);
    } else if (command instanceof LoginAttempt) {
      throw new IllegalStateException("a login in a session that has one");
    }
  }

  private void item(ItemCommand command, long form, boolean noreply) {
    Status refusal = gate.refusal(command.verb);
    if (refusal != null) {
      session.reply(refusal, command.verb.ordinal(), form, noreply);
      return;
    }
    command.cacheId = identity.cacheId().value();
    session.request(command, form, noreply);
  }

  private void own(SessionCommand command, Decoded decoded) {
    switch (command) {
      case VERSION -> session.reply(Notice.VERSION, decoded.form(), decoded.noreply());
      case VERBOSITY -> session.reply(Notice.OK, decoded.form(), decoded.noreply());
      case NOOP -> session.reply(Notice.NOOP, decoded.form(), decoded.noreply());
      case END_OF_RETRIEVAL -> session.reply(Notice.END, decoded.form(), decoded.noreply());
      case STATS_SETTINGS ->
          session.reply(CacheStatistics.settings(identity), decoded.form(), decoded.noreply());
      case QUIT -> session.drain();
    }
  }

  private void whole(CacheCommand command, Decoded decoded) {
    Status refusal = gate.refusal(command.verb());
    if (refusal != null) {
      session.reply(refusal, command.verb().ordinal(), decoded.form(), decoded.noreply());
      return;
    }
    int cacheId = identity.cacheId().value();
    if (command.verb() == Verb.RESET_STATS) {
      context.proxyMetrics().reset(cacheId);
    }
    ItemCommand request = new ItemCommand().reset(command.verb());
    request.cacheId = cacheId;
    request.delta = command.argument();
    request.modifiers = command.verb() == Verb.STATS ? ItemCommand.WANT_VALUE : 0;
    long ticket = session.owe(decoded.form(), decoded.noreply());
    context.turn().requested();
    context.router().broadcast(request, new Gather(session, ticket, command, identity, context));
  }
}

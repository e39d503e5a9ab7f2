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
import dev.flagstone.protocol.Note;
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
      instead(rejected.instead(), rejected.form());
    }
    session.reject(rejected);
    return from + rejected.consumed();
  }

  private void execute(Decoded decoded) {
    Command command = decoded.command();
    context.loopMetrics().count(ProxyCounter.COMMANDS);
    if (command instanceof ItemCommand item) {
      item(item, decoded);
    } else if (command instanceof SessionCommand own) {
      own(own, decoded);
    } else if (command instanceof CacheCommand whole) {
      whole(whole, decoded);
    } else if (command instanceof LoginAttempt) {
      throw new IllegalStateException("a login in a session that has one");
    }
  }

  private void item(ItemCommand command, Decoded decoded) {
    Status refusal = gate.refusal(command);
    if (refusal != null) {
      session.reply(refusal, command.verb, decoded);
      return;
    }
    command.cacheId = identity.cacheId().value();
    session.request(command, decoded.form(), decoded.note(), decoded.noreply());
  }

  /** Carries out what comes in place of a rejected command, without a word to the client. */
  private void instead(ItemCommand command, long form) {
    if (gate.refusal(command) == null) {
      command.cacheId = identity.cacheId().value();
      session.request(command, form, new Note(), true);
    }
  }

  private void own(SessionCommand command, Decoded decoded) {
    switch (command) {
      case VERSION -> session.reply(Notice.VERSION, decoded);
      case VERBOSITY -> session.reply(Notice.OK, decoded);
      case NOOP -> session.reply(Notice.NOOP, decoded);
      case END_OF_RETRIEVAL -> session.reply(Notice.END, decoded);
      case STATS_SETTINGS -> session.reply(CacheStatistics.settings(identity), decoded);
      case LIST_MECHANISMS -> session.reply(Notice.MECHANISMS, decoded);
      case QUIT -> {
        session.reply(Notice.OK, decoded);
        session.drain();
      }
    }
  }

  private void whole(CacheCommand command, Decoded decoded) {
    Status refusal = gate.refusal(command.verb());
    if (refusal != null) {
      session.reply(refusal, command.verb(), decoded);
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
    long ticket = session.owe(decoded);
    context.turn().requested();
    context.router().broadcast(request, new Gather(session, ticket, command, identity, context));
  }
}

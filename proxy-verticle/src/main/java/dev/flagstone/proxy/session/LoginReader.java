package dev.flagstone.proxy.session;

import dev.flagstone.command.Command;
import dev.flagstone.command.Fault;
import dev.flagstone.command.LoginAttempt;
import dev.flagstone.command.Notice;
import dev.flagstone.command.SessionCommand;
import dev.flagstone.protocol.DecodeResult;
import dev.flagstone.protocol.Decoded;
import dev.flagstone.protocol.Decoder;
import dev.flagstone.protocol.NeedMore;
import dev.flagstone.protocol.ProtocolCodec;
import dev.flagstone.protocol.Rejected;
import dev.flagstone.proxy.metric.ProxyCounter;
import dev.flagstone.proxy.metric.TrafficCounter;
import dev.flagstone.tenancy.Tenants.Grant;
import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what a session sends that has not logged in: a login, and little else. */
final class LoginReader implements SessionReader {

  private final Session session;
  private final SessionContext context;
  private final ProtocolCodec codec;
  private final @Nullable InetAddress source;
  private final Decoder decoder;
  private int faults;

  LoginReader(
      Session session, SessionContext context, ProtocolCodec codec, @Nullable InetAddress source) {
    this.session = session;
    this.context = context;
    this.codec = codec;
    this.source = source;
    this.decoder = codec.newLoginDecoder();
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
    session.reject(rejected);
    if (++faults >= context.limits().maxUnauthenticatedFaults()) {
      context.loopMetrics().count(ProxyCounter.HOSTILE_CLOSES);
      session.drain();
    }
    return from + rejected.consumed();
  }

  private void execute(Decoded decoded) {
    Command command = decoded.command();
    if (command instanceof LoginAttempt attempt) {
      login(attempt, decoded);
    } else if (command == SessionCommand.VERSION) {
      session.reply(Notice.VERSION, decoded);
    } else if (command == SessionCommand.NOOP) {
      session.reply(Notice.NOOP, decoded);
    } else if (command == SessionCommand.LIST_MECHANISMS) {
      session.reply(Notice.MECHANISMS, decoded);
    } else {
      session.reply(Notice.OK, decoded);
      session.drain();
    }
  }

  private void login(LoginAttempt attempt, Decoded decoded) {
    if (!context.throttle().admits(source)) {
      context.loopMetrics().count(ProxyCounter.LOGINS_THROTTLED);
      session.reply(Fault.AUTHENTICATION_FAILURE, decoded);
      session.drain();
      return;
    }
    Optional<Grant> grant = context.authenticator().login(attempt);
    if (grant.isPresent()) {
      Grant opened = grant.get();
      Identity identity = new Identity(opened.cache(), opened.credential());
      if (context.isFull(identity)) {
        context.loopMetrics().count(ProxyCounter.CONNECTIONS_REFUSED);
        session.reply(Fault.TOO_MANY_CONNECTIONS, decoded);
        session.drain();
        return;
      }
      context.loopMetrics().count(ProxyCounter.LOGINS);
      session.loggedIn(identity, codec);
      context.loopMetrics().traffic(opened.cache().id().value()).count(TrafficCounter.AUTH_CMDS);
      session.reply(Notice.LOGGED_IN, decoded);
      return;
    }
    fail(attempt, decoded);
  }

  private void fail(LoginAttempt attempt, Decoded decoded) {
    context.loopMetrics().count(ProxyCounter.LOGIN_FAILURES);
    context
        .authenticator()
        .aimedAt(attempt)
        .map(grant -> context.loopMetrics().traffic(grant.cache().id().value()))
        .ifPresent(
            traffic -> {
              traffic.count(TrafficCounter.AUTH_CMDS);
              traffic.count(TrafficCounter.AUTH_ERRORS);
            });
    long delayMillis = context.throttle().failed(source);
    if (delayMillis == 0) {
      session.reply(Fault.AUTHENTICATION_FAILURE, decoded);
      session.drain();
      return;
    }
    long ticket = session.owe(decoded);
    session.suspend();
    context
        .timers()
        .after(
            delayMillis,
            () -> {
              context.throttle().answered(source);
              session.refuse(ticket, Fault.AUTHENTICATION_FAILURE);
            });
  }
}

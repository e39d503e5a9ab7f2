package dev.flagstone.proxy.session;

import dev.flagstone.protocol.Rejected;

/**
 * The receiving half of a session: what has arrived and is not decoded.
 *
 * <p>Bytes are decoded where they were received, until they end inside a command, or until the
 * session is <em>stalled</em>: too much is unanswered, or the client does not take its replies. A
 * stalled half keeps what it has, has its connection read no further, and goes on at the end of a
 * turn in which the cause has gone.
 */
final class SessionInput {

  private final Session session;
  private final SessionChannel channel;
  private final Turn turn;
  private final int readAheadBytes;
  private final InputBuffer rest = new InputBuffer();
  private final Skipper skipper = new Skipper();
  private int wantedBytes = 1;
  private boolean stalled;
  private boolean resumeQueued;
  private boolean reading = true;
  private boolean ended;

  SessionInput(Session session, SessionChannel channel, Turn turn, int readAheadBytes) {
    this.session = session;
    this.channel = channel;
    this.turn = turn;
    this.readAheadBytes = readAheadBytes;
  }

  /** Takes what the connection has brought. */
  void received(byte[] bytes, int offset, int length) {
    if (rest.isEmpty() && !stalled) {
      int at = consume(bytes, offset, offset + length);
      if (session.takesInput()) {
        rest.append(bytes, at, offset + length - at);
      }
    } else {
      rest.append(bytes, offset, length);
      if (!stalled && rest.length() >= wantedBytes) {
        consumeRest();
      }
    }
    regulate();
  }

  private void consumeRest() {
    int at = consume(rest.array(), rest.from(), rest.to());
    if (session.takesInput()) {
      rest.consumeTo(at);
    } else {
      rest.clear();
    }
  }

  /** Decodes as far as can be, and returns where it stopped. */
  private int consume(byte[] bytes, int from, int to) {
    int at = from;
    wantedBytes = 1;
    while (at < to && session.takesInput()) {
      if (skipper.isActive()) {
        at = skipper.skip(bytes, at, to);
      } else if (!session.mayDecode()) {
        stalled = true;
        return at;
      } else {
        int next = session.read(bytes, at, to);
        if (next == SessionReader.NEED_MORE) {
          return at;
        }
        at = next;
      }
    }
    return at;
  }

  /** A decoder wants this many bytes before it is asked again. */
  void want(int bytes) {
    wantedBytes = bytes;
  }

  /** Discards what is left of a rejected command. */
  void recover(Rejected rejected) {
    switch (rejected.recovery()) {
      case CONTINUE, CLOSE -> {}
      case SKIP_LINE -> skipper.skipLine();
      case SWALLOW -> skipper.skipBytes(rejected.swallowBytes());
    }
  }

  /** Has the turn go on with what is undecoded, if it has stalled and now could. */
  void queueResume() {
    if (stalled && !resumeQueued && session.mayDecode()) {
      resumeQueued = true;
      turn.canResume(session);
    }
  }

  /** Goes on with what was left undecoded. */
  void resume() {
    resumeQueued = false;
    stalled = false;
    if (session.takesInput() && !rest.isEmpty()) {
      consumeRest();
    }
    regulate();
  }

  /** The client will send no more; what it has sent is still carried out. */
  void end() {
    ended = true;
    regulate();
  }

  /** Forgets what is undecoded. */
  void clear() {
    rest.clear();
  }

  /** Reads the connection only while there is room for what it brings. */
  private void regulate() {
    boolean read = !stalled || rest.length() < readAheadBytes;
    if (read != reading && session.takesInput()) {
      reading = read;
      channel.setReading(read);
    }
    if (ended && !stalled) {
      session.drain();
    }
  }

  /** Throws if it contradicts itself; for tests. */
  void assertConsistent() {
    if (!session.takesInput() && !rest.isEmpty()) {
      throw new AssertionError("a session that takes no input holds some");
    }
    if (!stalled && !rest.isEmpty() && rest.length() >= wantedBytes) {
      throw new AssertionError("bytes that nobody will decode");
    }
  }
}

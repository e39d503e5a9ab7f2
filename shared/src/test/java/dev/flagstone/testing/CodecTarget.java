package dev.flagstone.testing;

import dev.flagstone.command.CacheCommand;
import dev.flagstone.command.Command;
import dev.flagstone.command.Fault;
import dev.flagstone.command.ItemCommand;
import dev.flagstone.command.ItemReply;
import dev.flagstone.command.LoginAttempt;
import dev.flagstone.command.Notice;
import dev.flagstone.command.Reply;
import dev.flagstone.command.SessionCommand;
import dev.flagstone.command.Statistics;
import dev.flagstone.command.Verb;
import dev.flagstone.protocol.ByteSink;
import dev.flagstone.protocol.DecodeResult;
import dev.flagstone.protocol.Decoded;
import dev.flagstone.protocol.Decoder;
import dev.flagstone.protocol.Encoder;
import dev.flagstone.protocol.NeedMore;
import dev.flagstone.protocol.Note;
import dev.flagstone.protocol.Rejected;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * A decoder and an encoder with a {@link ModelCache} between them: the least that can be held to a
 * transcript. It asks the decoder again only when as many bytes are there as it wanted.
 */
public final class CodecTarget implements TranscriptTarget {

  private static final long START_SECONDS = 1_800_000_000L;

  private final Decoder decoder;
  private final Encoder encoder;
  private final CacheBehind cache;
  private final ItemReply itemReply = new ItemReply();
  private final ByteSink out = new ByteSink();

  private byte[] pending = {};
  private int wantedBytes;
  private long swallowBytes;
  private boolean skippingLine;
  private boolean closed;

  /** A connection with nothing in its cache, which is a model. */
  public CodecTarget(Decoder decoder, Encoder encoder) {
    this(decoder, encoder, new ModelCache(START_SECONDS));
  }

  /** A connection to a cache. */
  public CodecTarget(Decoder decoder, Encoder encoder, CacheBehind cache) {
    this.decoder = decoder;
    this.encoder = encoder;
    this.cache = cache;
  }

  @Override
  public byte[] send(byte[] bytes) {
    int old = pending.length;
    pending = Arrays.copyOf(pending, old + bytes.length);
    System.arraycopy(bytes, 0, pending, old, bytes.length);
    out.clear();
    int at = 0;
    while (!closed && pending.length > at) {
      int next = step(at);
      if (next < 0) {
        break;
      }
      at = next;
    }
    pending = Arrays.copyOfRange(pending, at, pending.length);
    return Arrays.copyOf(out.array(), out.length());
  }

  /** What was sent and is not consumed yet, in bytes. */
  public int pendingBytes() {
    return pending.length;
  }

  /** The cache behind the connection. */
  public CacheBehind cache() {
    return cache;
  }

  /**
   * Goes on from {@code at}, and returns from where to go on next, or -1 if there is too little.
   */
  private int step(int at) {
    if (swallowBytes > 0) {
      int swallowed = (int) Math.min(swallowBytes, pending.length - at);
      swallowBytes -= swallowed;
      return at + swallowed;
    }
    if (skippingLine) {
      int i = at;
      while (i < pending.length && pending[i] != '\n') {
        i++;
      }
      skippingLine = i == pending.length;
      return Math.min(i + 1, pending.length);
    }
    if (pending.length - at < wantedBytes) {
      return -1;
    }
    wantedBytes = 0;
    DecodeResult result = decoder.decode(pending, at, pending.length);
    if (result instanceof Decoded decoded) {
      Reply reply = execute(decoded.command());
      if (!decoded.noreply()) {
        encoder.encode(decoded.form(), decoded.note(), reply, out);
      }
      return at + decoded.consumed();
    }
    if (result instanceof Rejected rejected) {
      reject(rejected);
      return at + rejected.consumed();
    }
    wantedBytes = ((NeedMore) result).wantedBytes();
    return -1;
  }

  private void reject(Rejected rejected) {
    ItemCommand instead = rejected.instead();
    if (instead != null) {
      cache.execute(instead, itemReply);
    }
    Fault fault = rejected.fault();
    if (fault != null) {
      encoder.encode(rejected.form(), new Note(), fault, out);
    }
    switch (rejected.recovery()) {
      case CONTINUE -> {}
      case SKIP_LINE -> skippingLine = true;
      case SWALLOW -> swallowBytes = rejected.swallowBytes();
      case CLOSE -> closed = true;
    }
  }

  private Reply execute(Command command) {
    if (command instanceof ItemCommand item) {
      cache.execute(item, itemReply);
      return itemReply;
    }
    if (command instanceof CacheCommand whole) {
      if (whole.verb() == Verb.STATS) {
        return new Statistics(List.of(new Statistics.Entry("curr_items", "" + cache.size())));
      }
      if (whole.verb() == Verb.FLUSH) {
        cache.flush(whole.argument());
        return Notice.OK;
      }
      return Notice.RESET;
    }
    if (command instanceof LoginAttempt) {
      return Notice.LOGGED_IN;
    }
    return answer((SessionCommand) command);
  }

  private Reply answer(SessionCommand command) {
    return switch (command) {
      case VERSION -> Notice.VERSION;
      case VERBOSITY -> Notice.OK;
      case NOOP -> Notice.NOOP;
      case END_OF_RETRIEVAL -> Notice.END;
      case LIST_MECHANISMS -> Notice.MECHANISMS;
      case STATS_SETTINGS -> new Statistics(List.of());
      case QUIT -> {
        closed = true;
        yield Notice.OK;
      }
    };
  }

  @Override
  public void advance(Duration duration) {
    cache.advance(duration.toSeconds());
  }

  @Override
  public boolean isClosed() {
    return closed;
  }
}

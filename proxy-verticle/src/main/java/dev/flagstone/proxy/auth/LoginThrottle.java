package dev.flagstone.proxy.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.flagstone.time.TimeSource;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Slows down who guesses passwords: after a few failures of one source each further failure is
 * answered later, twice as late each time, and only so many may be waiting at once. A right
 * password is never delayed.
 *
 * <p>A source is an IPv4 address or an IPv6 network of 64 bits. At most {@link #MAX_SOURCES} are
 * remembered, each for a minute after its last failure. Thread-safe.
 */
public final class LoginThrottle {

  /** How many sources are remembered. */
  public static final int MAX_SOURCES = 10_000;

  /** Failures that are answered at once. */
  public static final int FREE_FAILURES = 3;

  /** Failures of one source that may wait for their answer; logins beyond are refused unseen. */
  public static final int MAX_WAITING = 16;

  private static final long FIRST_DELAY_MILLIS = 100;
  private static final long MAX_DELAY_MILLIS = 4_000;
  private static final Duration MEMORY = Duration.ofMinutes(1);

  private final Cache<Source, Failures> sources;

  /** Makes a throttle that remembers nobody. */
  public LoginThrottle(TimeSource time) {
    Ticker ticker = time::nanos;
    sources =
        Caffeine.newBuilder()
            .maximumSize(MAX_SOURCES)
            .expireAfterWrite(MEMORY)
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
  }

  /** Tells whether a login from this source may be looked at now. */
  public boolean admits(@Nullable InetAddress address) {
    Failures failures = sources.getIfPresent(Source.of(address));
    return failures == null || failures.waiting() < MAX_WAITING;
  }

  /**
   * Notes a failure of the source.
   *
   * @return the milliseconds after which it is to be answered; if there are any, {@link #answered}
   *     must follow
   */
  public long failed(@Nullable InetAddress address) {
    Failures now =
        sources
            .asMap()
            .compute(
                Source.of(address),
                (source, before) -> (before == null ? Failures.NONE : before).oneMore());
    return now.delayMillis();
  }

  /** Notes that a delayed answer is out. */
  public void answered(@Nullable InetAddress address) {
    sources.asMap().computeIfPresent(Source.of(address), (source, before) -> before.oneAnswered());
  }

  private record Failures(int count, int waiting) {

    static final Failures NONE = new Failures(0, 0);

    Failures oneMore() {
      int next = Math.min(count + 1, FREE_FAILURES + 16);
      return new Failures(next, next > FREE_FAILURES ? waiting + 1 : waiting);
    }

    Failures oneAnswered() {
      return new Failures(count, Math.max(0, waiting - 1));
    }

    long delayMillis() {
      int beyond = count - FREE_FAILURES;
      return beyond <= 0
          ? 0
          : Math.min(MAX_DELAY_MILLIS, FIRST_DELAY_MILLIS << Math.min(beyond - 1, 16));
    }
  }

  /** The part of an address that one guesser cannot change freely: all of IPv4, 64 bits of IPv6. */
  private record Source(ByteBuffer network) {

    private static final Source UNKNOWN = new Source(ByteBuffer.allocate(0));

    static Source of(@Nullable InetAddress address) {
      if (address == null) {
        return UNKNOWN;
      }
      byte[] bytes = address.getAddress();
      return new Source(ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, 8)).asReadOnlyBuffer());
    }
  }
}

package dev.flagstone.proxy.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AcceptGateTest {

  private static EmbeddedChannel acceptor(ConnectionRules rules) {
    EmbeddedChannel acceptor = new EmbeddedChannel();
    AcceptGate.before(acceptor, rules);
    AcceptGate.before(acceptor, rules); // as another loop does
    acceptor.runPendingTasks();
    return acceptor;
  }

  /** How many connections pass before the acceptor stops reading, of at most this many. */
  private static int accepted(EmbeddedChannel acceptor, int max) {
    int count = 0;
    while (count < max && acceptor.config().isAutoRead()) {
      acceptor.writeInbound("a connection");
      count++;
    }
    return count;
  }

  @Test
  void burst_passesAtOnce_andThenTheListenerPauses() {
    EmbeddedChannel acceptor = acceptor(new ConnectionRules(1, 100, 50, 0));
    assertThat(accepted(acceptor, 1_000)).isBetween(50, 60);
    assertThat(acceptor.inboundMessages()).hasSizeBetween(50, 60);
    assertThat(accepted(acceptor, 1_000)).isZero();
    acceptor.advanceTimeBy(1, TimeUnit.SECONDS);
    acceptor.runScheduledPendingTasks();
    assertThat(acceptor.config().isAutoRead()).isTrue();
    acceptor.finishAndReleaseAll();
  }

  @Test
  void gate_isThereOnce_orNotAtAllWithoutALimit() {
    EmbeddedChannel limited = acceptor(new ConnectionRules(1, 100, 50, 0));
    assertThat(limited.pipeline().toMap().values())
        .filteredOn(AcceptGate.class::isInstance)
        .hasSize(1);
    EmbeddedChannel open = acceptor(new ConnectionRules(1, 0, 1, 0));
    assertThat(open.pipeline().toMap().values()).noneMatch(AcceptGateTest::isGate);
    assertThat(accepted(open, 10_000)).isEqualTo(10_000);
    limited.finishAndReleaseAll();
    open.finishAndReleaseAll();
  }

  private static boolean isGate(ChannelHandler handler) {
    return handler instanceof AcceptGate;
  }
}

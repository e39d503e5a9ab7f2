package dev.flagstone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.e2e.kit.FlagstoneProcess;
import dev.flagstone.e2e.kit.GoldenTranscripts;
import dev.flagstone.e2e.kit.SharedServer;
import dev.flagstone.e2e.kit.SocketTarget;
import dev.flagstone.testing.Transcript;
import dev.flagstone.testing.TranscriptTarget;
import dev.flagstone.testing.Transcripts;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** The golden transcripts over sockets: those in which no time passes, on the bound listener. */
@ExtendWith(SharedServer.class)
final class TranscriptsTest {

  /** Those in which time passes; {@link WaitingTranscriptsTest} replays them. */
  static final Set<String> WAITING = Set.of("expiry.txt", "flush.txt");

  private static final int MIN_TRANSCRIPTS = 25;

  @TestFactory
  Stream<DynamicTest> text(FlagstoneProcess server) {
    return GoldenTranscripts.TEXT.stream()
        .filter(transcript -> !WAITING.contains(transcript.name()))
        .flatMap(
            transcript ->
                Stream.of(
                    DynamicTest.dynamicTest(
                        transcript.name() + " whole",
                        () -> Transcripts.whole(transcript, target(server))),
                    DynamicTest.dynamicTest(
                        transcript.name() + " pipelined",
                        () -> Transcripts.pipelined(transcript, target(server)))));
  }

  @Test
  void transcripts_areAllReplayedHereOrInTheOtherTest() {
    List<Transcript> all = GoldenTranscripts.TEXT;
    assertThat(all).hasSizeGreaterThanOrEqualTo(MIN_TRANSCRIPTS);
    Set<String> waiting = new TreeSet<>();
    all.stream()
        .filter(transcript -> !waits(transcript).isZero())
        .forEach(transcript -> waiting.add(transcript.name()));
    assertThat(waiting).isEqualTo(WAITING);
  }

  private static Duration waits(Transcript transcript) {
    return transcript.steps().stream()
        .filter(Transcript.Advance.class::isInstance)
        .map(step -> ((Transcript.Advance) step).duration())
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static TranscriptTarget target(FlagstoneProcess server) throws Exception {
    return new SocketTarget(server.connect());
  }
}

package dev.flagstone.e2e;

import dev.flagstone.e2e.kit.CommandLine;
import dev.flagstone.e2e.kit.CommandLine.Issued;
import dev.flagstone.e2e.kit.FlagstoneProcess;
import dev.flagstone.e2e.kit.GoldenTranscripts;
import dev.flagstone.e2e.kit.SocketTarget;
import dev.flagstone.testing.Transcript;
import dev.flagstone.testing.TranscriptTarget;
import dev.flagstone.testing.Transcripts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The golden transcripts in which time passes, waited for in earnest: each with a cache of its own
 * and all at once, beside the other classes, because they do nothing but wait.
 */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WaitingTranscriptsTest {

  private FlagstoneProcess server;

  @BeforeAll
  void start() throws Exception {
    server = FlagstoneProcess.start("--memory", "64m");
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "expiry.txt, whole",
    "expiry.txt, pipelined",
    "flush.txt, whole",
    "flush.txt, pipelined"
  })
  @Execution(ExecutionMode.CONCURRENT)
  void transcript_withRealTime_holds(String name, String way) throws Exception {
    Transcript transcript =
        GoldenTranscripts.TEXT.stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow();
    CommandLine flagstone = new CommandLine(server.data());
    Issued cache = flagstone.createCache(way + "-" + name, "8m");
    TranscriptTarget target = new SocketTarget(server.awaitLogin(cache));
    if (way.equals("whole")) {
      Transcripts.whole(transcript, target);
    } else {
      Transcripts.pipelined(transcript, target);
    }
  }
}

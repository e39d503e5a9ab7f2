package dev.flagstone.e2e.kit;

import dev.flagstone.testing.Transcript;
import dev.flagstone.testing.Transcripts;
import java.util.List;

/**
 * The transcripts of the test jar of {@code shared}, read once: two threads cannot open one jar.
 */
public final class GoldenTranscripts {

  /** Those of the text protocol. */
  public static final List<Transcript> TEXT = Transcripts.load("text");

  private GoldenTranscripts() {}
}

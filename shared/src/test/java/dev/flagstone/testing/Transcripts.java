package dev.flagstone.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Replays golden transcripts: as they stand, byte by byte, cut in two at every byte, and pipelined.
 *
 * <pre>
 * &#64;TestFactory
 * Stream&lt;DynamicTest&gt; transcripts() {
 *   return Transcripts.tests("text", MyTarget::new);
 * }
 * </pre>
 */
public final class Transcripts {

  /** What is sent for all cuts of one transcript; a long one is cut at places spread over it. */
  private static final long MAX_CUT_BYTES = 64L << 20;

  private Transcripts() {}

  /** All transcripts in {@code transcripts/<directory>} of the class path, by name. */
  public static List<Transcript> load(String directory) {
    URL url =
        Objects.requireNonNull(
            Transcripts.class.getResource("/transcripts/" + directory), "no transcripts");
    try {
      URI uri = url.toURI();
      if (!uri.getScheme().equals("jar")) {
        return read(Path.of(uri));
      }
      try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
        return read(jar.getPath("/transcripts", directory));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Transcript> read(Path directory) throws IOException {
    List<Transcript> transcripts = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.sorted().toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(".txt")) {
          transcripts.add(Transcript.parse(name, Files.readString(file)));
        }
      }
    }
    return transcripts;
  }

  /** A test for each way to replay each transcript; every replay gets a fresh target. */
  public static Stream<DynamicTest> tests(String directory, Supplier<TranscriptTarget> targets) {
    return load(directory).stream()
        .flatMap(
            transcript ->
                Stream.of(
                    DynamicTest.dynamicTest(
                        transcript.name() + " whole", () -> whole(transcript, targets.get())),
                    DynamicTest.dynamicTest(
                        transcript.name() + " byte by byte",
                        () -> byteByByte(transcript, targets.get())),
                    DynamicTest.dynamicTest(
                        transcript.name() + " cut at every byte",
                        () -> cutAtEveryByte(transcript, targets)),
                    DynamicTest.dynamicTest(
                        transcript.name() + " pipelined",
                        () -> pipelined(transcript, targets.get()))));
  }

  /** Sends each request as a whole and compares each answer. */
  public static void whole(Transcript transcript, TranscriptTarget target) {
    new Replay(transcript, target, (bytes, offset) -> List.of(bytes)).run();
  }

  /** Sends each byte on its own. */
  public static void byteByByte(Transcript transcript, TranscriptTarget target) {
    new Replay(
            transcript,
            target,
            (bytes, offset) -> {
              List<byte[]> pieces = new ArrayList<>(bytes.length);
              for (byte b : bytes) {
                pieces.add(new byte[] {b});
              }
              return pieces;
            })
        .run();
  }

  /** Replays it once for each byte, with the request that this byte is in cut in two before it. */
  public static void cutAtEveryByte(Transcript transcript, Supplier<TranscriptTarget> targets) {
    long total = 0;
    for (Transcript.Step step : transcript.steps()) {
      if (step instanceof Transcript.Exchange exchange) {
        total += exchange.sent().fill(Map.of()).length;
      }
    }
    long stride = Math.max(1, total * total / MAX_CUT_BYTES);
    for (long cut = 1; cut < total; cut += stride) {
      long at = cut;
      new Replay(transcript, targets.get(), (bytes, offset) -> cut(bytes, at - offset)).run();
    }
  }

  private static List<byte[]> cut(byte[] bytes, long at) {
    if (at <= 0 || at >= bytes.length) {
      return List.of(bytes);
    }
    int middle = (int) at;
    return List.of(
        java.util.Arrays.copyOf(bytes, middle),
        java.util.Arrays.copyOfRange(bytes, middle, bytes.length));
  }

  /** Sends all requests between two waits at once, and compares all answers together. */
  public static void pipelined(Transcript transcript, TranscriptTarget target) {
    List<Transcript.Step> merged = new ArrayList<>();
    Transcript.Exchange pending = null;
    for (Transcript.Step step : transcript.steps()) {
      if (step instanceof Transcript.Exchange next) {
        boolean joins = pending != null && !next.sent().lacks(Map.of());
        if (pending != null && !joins) {
          merged.add(pending);
        }
        pending =
            pending != null && joins
                ? new Transcript.Exchange(
                    pending.sent().then(next.sent()), pending.answered().then(next.answered()))
                : next;
      } else {
        if (pending != null) {
          merged.add(pending);
          pending = null;
        }
        merged.add(step);
      }
    }
    if (pending != null) {
      merged.add(pending);
    }
    whole(new Transcript(transcript.name(), merged), target);
  }

  /** How to cut a request that begins at this offset of all that is sent. */
  @FunctionalInterface
  private interface Cutter {
    List<byte[]> pieces(byte[] bytes, long offset);
  }

  private record Replay(Transcript transcript, TranscriptTarget target, Cutter cutter) {

    void run() {
      Map<String, String> variables = new HashMap<>();
      long offset = 0;
      try (target) {
        for (Transcript.Step step : transcript.steps()) {
          if (step instanceof Transcript.Advance advance) {
            target.advance(advance.duration());
          } else if (step instanceof Transcript.Exchange exchange) {
            byte[] sent = exchange.sent().fill(variables);
            exchange(exchange, cutter.pieces(sent, offset), variables);
            offset += sent.length;
          } else if (!target.isClosed()) {
            throw new AssertionError(transcript.name() + ": the connection is still open");
          }
        }
      }
    }

    private void exchange(
        Transcript.Exchange exchange, List<byte[]> pieces, Map<String, String> variables) {
      int expected = exchange.answered().fill(variables).length;
      ByteArrayOutputStream answered = new ByteArrayOutputStream();
      for (int i = 0; i < pieces.size(); i++) {
        int left = Math.max(0, expected - answered.size());
        answered.writeBytes(target.send(pieces.get(i), i + 1 < pieces.size() ? 0 : left));
      }
      byte[] actual = answered.toByteArray();
      if (!exchange.answered().matches(actual, variables)) {
        throw new AssertionError(
            "%s, in %d pieces%n--- sent%n%s%n--- expected%n%s%n--- answered%n%s"
                .formatted(
                    transcript.name(),
                    pieces.size(),
                    exchange.sent(),
                    exchange.answered(),
                    Template.visible(actual)));
      }
    }
  }
}

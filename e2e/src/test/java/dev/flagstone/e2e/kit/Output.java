package dev.flagstone.e2e.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.util.List;

/** What a process writes to one of its streams, as it grows. */
public final class Output {

  private final StringBuilder text = new StringBuilder();
  private final Thread reader;

  Output(InputStream in, String name) {
    reader = new Thread(() -> read(in), name);
    reader.setDaemon(true);
    reader.start();
  }

  private void read(InputStream in) {
    try (Reader characters = new InputStreamReader(in, UTF_8)) {
      char[] some = new char[4096];
      for (int count = characters.read(some); count >= 0; count = characters.read(some)) {
        append(some, count);
      }
    } catch (IOException e) {
      // The process was killed: what it wrote before is there.
    }
  }

  private synchronized void append(char[] some, int count) {
    text.append(some, 0, count);
  }

  /** Waits for the stream's end, after the process has ended. */
  void finish() throws InterruptedException {
    reader.join(5_000);
  }

  /** All so far. */
  public synchronized String text() {
    return text.toString();
  }

  /** All lines so far. */
  public List<String> lines() {
    return text().lines().toList();
  }

  /** The lines so far that look like a part of a stack trace. */
  public List<String> stackTraceLines() {
    return lines().stream()
        .filter(line -> line.matches("\\s+at \\S+\\(.*\\)|Caused by: .*|.*Exception in thread.*"))
        .toList();
  }

  @Override
  public String toString() {
    return text();
  }
}

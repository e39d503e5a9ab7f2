package dev.flagstone.e2e.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Writes a line for each test into {@code target/scenarios.txt}: how it went, how long it took. */
public final class ScenarioReport implements TestExecutionListener {

  private final Map<String, Long> begun = new ConcurrentHashMap<>();
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();

  @Override
  public void executionStarted(TestIdentifier test) {
    begun.put(test.getUniqueId(), System.nanoTime());
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    boolean failed = result.getStatus() != TestExecutionResult.Status.SUCCESSFUL;
    if (test.isTest() || failed) {
      Long start = begun.get(test.getUniqueId());
      long millis = start == null ? 0 : Waiting.millisSince(start);
      lines.add("%-45s %-6s %6d ms".formatted(name(test), failed ? "FAILED" : "ok", millis));
    }
  }

  private static String name(TestIdentifier test) {
    String what = test.getDisplayName();
    return test.getSource()
        .filter(MethodSource.class::isInstance)
        .map(MethodSource.class::cast)
        .map(
            method ->
                method.getClassName().replaceAll(".*[.]", "")
                    + " "
                    + method.getMethodName()
                    + (what.startsWith(method.getMethodName()) ? "" : " " + what))
        .orElse(what);
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    String report =
        lines.stream()
            .sorted(Comparator.naturalOrder())
            .collect(Collectors.joining("\n", "", "\n"));
    try {
      Files.writeString(Distribution.target().resolve("scenarios.txt"), report);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.flagstone.e2e.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The distribution as the build made it, staged so that its own scripts start it and take it for
 * built: a test must never begin a build inside the build.
 */
public final class Distribution {

  private static final class Holder {
    static final Distribution STAGED = stage();
  }

  private final Path root;

  private Distribution(Path root) {
    this.root = root;
  }

  /** The one of this build. */
  public static Distribution staged() {
    return Holder.STAGED;
  }

  /** The project's own directory. */
  public static Path project() {
    return Path.of("").toAbsolutePath().resolveSibling("");
  }

  /** Where tests may put things: {@code e2e/target}. */
  public static Path target() {
    return Path.of("target").toAbsolutePath();
  }

  /** A new empty directory in {@link #target()}. */
  public static Path newDirectory(String prefix) {
    try {
      return Files.createTempDirectory(target(), prefix);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One of its scripts. */
  public Path script(String name) {
    return root.resolve("scripts").resolve(name);
  }

  /** The JDK that runs the tests, for all that is started. */
  public static Map<String, String> environment() {
    return Map.of("JAVA_HOME", System.getProperty("java.home"), "LC_ALL", "C.UTF-8");
  }

  private static Distribution stage() {
    try {
      Path jar = project().resolve("launcher/target/flagstone.jar");
      if (!Files.exists(jar)) {
        throw new IllegalStateException("no " + jar + ": build it first (mvn package)");
      }
      Path root = newDirectory("stage");
      copy(project().resolve("scripts"), root.resolve("scripts"));
      copy(project().resolve("conf"), root.resolve("conf"));
      Path target = Files.createDirectories(root.resolve("launcher/target"));
      Files.copy(jar, target.resolve("flagstone.jar"));
      Files.createSymbolicLink(target.resolve("lib"), jar.resolveSibling("lib"));
      recordClasses(root, target);
      Path stamp = Files.createFile(target.resolve("flagstone.built"));
      Files.setLastModifiedTime(stamp, FileTime.from(Instant.now().plusSeconds(60)));
      return new Distribution(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  /** What {@code scripts/lib/launch.sh} does after a build: later starts take half the time. */
  private static void recordClasses(Path root, Path target)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.add("@" + root.resolve("conf/jvm.options"));
    command.add("-XX:ArchiveClassesAtExit=" + target.resolve("flagstone.jsa"));
    command.add("-Xlog:disable");
    command.add("-jar");
    command.add(target.resolve("flagstone.jar").toString());
    command.addAll(List.of("run", "--exit-when-ready", "--memory", "16m"));
    command.addAll(List.of("--memcache-port", "0", "--bound-port", "0", "--data"));
    command.add(newDirectory("record").toString());
    var unused = Subprocess.run(Duration.ofSeconds(60), environment(), command).succeeded();
  }
}

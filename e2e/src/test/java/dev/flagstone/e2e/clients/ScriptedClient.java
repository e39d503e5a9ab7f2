package dev.flagstone.e2e.clients;

import dev.flagstone.e2e.kit.Distribution;
import dev.flagstone.e2e.kit.Subprocess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A client of the guides that runs in a process of its own, and the snippet that makes it. */
enum ScriptedClient {
  // Debian's own Python, which has Debian's packages.
  PYLIBMC("python.md", "pylibmc", "exercise.py", "/usr/bin/python3", "ServerDown|.*Auth.*|.*Error"),
  PYMEMCACHE("python.md", "pymemcache", "exercise.py", "/usr/bin/python3", "MemcacheClientError"),
  PYMEMCACHE_TLS(
      "python.md", "pymemcache-tls", "exercise.py", "/usr/bin/python3", "MemcacheClientError"),
  DALLI("ruby.md", "dalli", "exercise.rb", "ruby", "Dalli::.*"),
  DALLI_TLS("ruby.md", "dalli-tls", "exercise.rb", "ruby", "Dalli::.*"),
  PHP_MEMCACHED("php.md", "php-memcached", "exercise.php", "php", ".*AUTHENTICATION.*"),
  MEMJS("node.md", "memjs", "exercise.js", "node", ".*");

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Path RESOURCES = Path.of("src/test/resources/clients").toAbsolutePath();

  private final String page;
  private final String snippet;
  private final String exercise;
  private final String interpreter;
  private final String refusal;

  ScriptedClient(String page, String snippet, String exercise, String interpreter, String refusal) {
    this.page = page;
    this.snippet = snippet;
    this.exercise = exercise;
    this.interpreter = interpreter;
    this.refusal = refusal;
  }

  boolean isOverTls() {
    return snippet.endsWith("-tls");
  }

  /** What it says of a wrong password, as a regular expression. */
  String refusal() {
    return refusal;
  }

  /** Runs the snippet, and on its client this exercise. */
  Subprocess.Outcome run(String what, Map<String, String> environment) throws Exception {
    Path directory = Distribution.newDirectory(snippet);
    Files.writeString(
        directory.resolve("flagstone_pymemcache.py"),
        Guide.page("python.md").snippet("flagstone_pymemcache.py"));
    Path program = directory.resolve("main");
    Files.writeString(
        program,
        snippet(what.equals("items")) + Files.readString(RESOURCES.resolve("guide/" + exercise)));
    Map<String, String> all = new HashMap<>(environment);
    all.put("EXERCISE", what);
    if (isOverTls()) {
      all.put("EXERCISE_TLS", "1");
    }
    all.put("PYTHONPATH", directory + ":" + RESOURCES);
    all.put("PYTHONDONTWRITEBYTECODE", "1");
    all.put("LC_ALL", "C.UTF-8");
    if (this == MEMJS) {
      all.put("NODE_PATH", NodeModules.installed().toString());
    }
    return Subprocess.run(TIMEOUT, all, List.of(interpreter, program.toString()));
  }

  /** The page's words; without those that use the client if the exercise is to be the first. */
  private String snippet(boolean whole) throws IOException {
    String words = Guide.page(page).snippet(snippet);
    return whole ? words : words.replaceAll("(?m)^.*greeting.*\n", "");
  }
}

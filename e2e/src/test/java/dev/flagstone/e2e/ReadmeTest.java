package dev.flagstone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.e2e.kit.Distribution;
import dev.flagstone.e2e.kit.FlagstoneProcess;
import dev.flagstone.e2e.kit.NodeModules;
import dev.flagstone.e2e.kit.RawClient;
import dev.flagstone.e2e.kit.SharedServer;
import dev.flagstone.e2e.kit.Subprocess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What README.md tells people to type, typed. */
@ExtendWith(SharedServer.class)
final class ReadmeTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(40);

  private final FlagstoneProcess server;
  private final String readme;

  ReadmeTest(FlagstoneProcess server) throws IOException {
    this.server = server;
    this.readme = Files.readString(Distribution.project().resolve("README.md"));
  }

  @BeforeEach
  void empty() throws Exception {
    try (RawClient client = server.connect()) {
      assertThat(client.exchange("flush_all\r\n")).isEqualTo("OK");
    }
  }

  /** The first block of a language that contains this. */
  private String block(String language, String containing) {
    Matcher blocks = Pattern.compile("(?s)```" + language + "\n(.*?)```").matcher(readme);
    while (blocks.find()) {
      if (blocks.group(1).contains(containing)) {
        return blocks.group(1);
      }
    }
    throw new AssertionError("README.md has no " + language + " with " + containing);
  }

  /** A block with the ports of this server in place of the usual ones. */
  private String withPorts(String snippet) {
    return snippet
        .replace("11211", Integer.toString(server.memcachePort()))
        .replace("11311", Integer.toString(server.boundPort()));
  }

  private String run(List<String> command) throws Exception {
    Map<String, String> environment = new HashMap<>(server.env());
    environment.putAll(Distribution.environment());
    return Subprocess.run(TIMEOUT, environment, command).succeeded().out();
  }

  private String java(String imports, String body) throws Exception {
    Path file = Distribution.newDirectory("readme").resolve("Readme.java");
    Files.writeString(
        file,
        imports
            + "class Readme { public static void main(String[] args) throws Exception {\n"
            + body
            + "} }\n");
    return run(
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "-cp",
            System.getProperty("java.class.path"),
            file.toString()));
  }

  private void assertGreeted(String greeting) throws Exception {
    try (RawClient client = server.connect()) {
      assertThat(client.get("greeting")).asString().isEqualTo(greeting);
    }
  }

  @Test
  void pythonWithPylibmc_works() throws Exception {
    assertThat(run(List.of("/usr/bin/python3", "-c", block("python", "pylibmc"))))
        .isEqualTo("hello\n");
    assertGreeted("hello");
  }

  @Test
  void rubyWithDalli_works() throws Exception {
    assertThat(run(List.of("ruby", "-e", block("ruby", "dalli")))).endsWith("hello\n");
    try (RawClient client = server.connect()) {
      assertThat(client.get("greeting")).isNotNull(); // in Ruby's own format
    }
  }

  @Test
  void phpWithMemcached_works() throws Exception {
    Path program = Distribution.newDirectory("readme").resolve("readme.php");
    Files.writeString(program, withPorts(block("php", "Memcached")));
    assertThat(run(List.of("php", program.toString()))).isEqualTo("hello\n");
    assertGreeted("hello");
  }

  @Test
  void nodeWithMemjs_works() throws Exception {
    String modules = NodeModules.installed().toString();
    String program = block("js", "memjs");
    assertThat(run(List.of("env", "NODE_PATH=" + modules, "node", "-e", program)))
        .isEqualTo("hello\n");
    assertGreeted("hello");
  }

  @Test
  void javaWithFolsom_works() throws Exception {
    String body =
        withPorts(block("java", "MemcacheClientBuilder"))
            + "ConnectFuture.connectFuture(client).toCompletableFuture().get();\n"
            + "client.set(\"greeting\", \"hello\", 0).toCompletableFuture().get();\n"
            + "System.out.println(client.get(\"greeting\").toCompletableFuture().get());\n"
            + "client.shutdown();\n"
            + "System.exit(0);\n";
    assertThat(java("import com.spotify.folsom.*;\n", body)).isEqualTo("hello\n");
    assertGreeted("hello");
  }

  @Test
  void cachesAndCredentials_asTheReadmeTypesThem() throws Exception {
    Path here = Distribution.newDirectory("readme");
    Files.createSymbolicLink(
        here.resolve("scripts"), Distribution.staged().script(".").normalize());
    String commands = block("sh", "cache create");
    assertThat(commands.lines().toList())
        .hasSizeGreaterThan(4)
        .allSatisfy(line -> assertThat(line).startsWith("scripts/flagstone "));
    String script = "set -e\ncd '" + here + "'\nprintf 'long-known-secret\\n' > secret.txt\n";
    String out = run(List.of("bash", "-c", script + commands));
    assertThat(out).contains("shop", "legacy");
    assertThat(out).endsWith("Deleted cache 1 shop.\n");
  }
}

package dev.flagstone.launcher;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flagstone.tenancy.Verifier;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command line as an operator sees it: arguments in; exit code and two streams out. */
final class MainTest {

  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path directory;

  /** What one command did. */
  private record Outcome(int exitCode, String out, String err) {}

  @Test
  void cacheCreate_generated_printsThePasswordOnce() {
    Outcome created = run("cache", "create", "shop", "--quota", "64m");
    assertThat(created.exitCode()).isZero();
    assertThat(created.err()).isEmpty();
    assertThat(created.out()).contains("Cache 1 shop created; quota 64m.");
    assertThat(created.out()).containsPattern("username  [0-9a-f]{6}\n");
    assertThat(created.out()).containsPattern("password  [0-9a-f]{32}\n");
    assertThat(run("cache", "show", "shop").out()).doesNotContain("password", "hmac");
  }

  @Test
  void cacheCreate_explicitPassword_isNotRepeated() {
    Outcome created =
        run("cache", "create", "a", "--quota", "2m", "--username", "me", "--password", "pw-of-me");
    assertThat(created.exitCode()).isZero();
    assertThat(created.out()).contains("username  me").doesNotContain("pw-of-me");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pw-of-me", "pw-of-me\n", "pw-of-me\r\nmore\n"})
  void cacheCreate_passwordFromStandardInput_isItsFirstLine(String input) throws IOException {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(input.getBytes(US_ASCII)));
    try {
      assertThat(run("cache", "create", "a", "--quota", "2m", "--password-stdin").exitCode())
          .isZero();
    } finally {
      System.setIn(before);
    }
    JsonNode registry = JSON.readTree(directory.resolve("registry.json").toFile());
    String verifier = registry.at("/caches/0/credentials/0/verifier").asText();
    assertThat(Verifier.parse(verifier).matches("pw-of-me".getBytes(US_ASCII), 0, 8)).isTrue();
  }

  @Test
  void json_ofEveryCommand_isOneValueWithoutVerifiers() throws IOException {
    JsonNode created = json("cache", "create", "shop", "--quota", "64m");
    assertThat(created.path("id").asInt()).isEqualTo(1);
    assertThat(created.path("name").asText()).isEqualTo("shop");
    assertThat(created.path("quotaBytes").asLong()).isEqualTo(64 << 20);
    assertThat(created.at("/credential/password").asText()).hasSize(32);
    JsonNode added = json("credential", "add", "shop", "--read-only", "--username", "reader");
    assertThat(added.at("/credential/capabilities")).hasToString("[\"api\"]");
    JsonNode listed = json("cache", "list");
    assertThat(listed.at("/0/credentials/1/username").asText()).isEqualTo("reader");
    assertThat(json("cache", "show", "1").path("credentials")).hasSize(2);
    assertThat(json("credential", "list", "shop")).hasSize(2);
    assertThat(listed.toString()).doesNotContain("password", "verifier");
    JsonNode removed = json("credential", "remove", "shop", "reader");
    assertThat(removed.path("username").asText()).isEqualTo("reader");
    assertThat(json("cache", "delete", "shop", "--yes").path("id").asInt()).isEqualTo(1);
    assertThat(json("cache", "list")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                                  | read,write,flush,api",
        "--no-flush                        | read,write,api",
        "--no-api                          | read,write,flush",
        "--read-only                       | read,api",
        "--read-only --no-flush --no-api   | read"
      })
  void credentialAdd_withFlags_limitsWhatItMay(String flags, String may) {
    run("cache", "create", "a", "--quota", "2m");
    List<String> arguments = new ArrayList<>(List.of("credential", "add", "a"));
    arguments.addAll(List.of("--username", "second"));
    if (flags != null) {
      arguments.addAll(List.of(flags.split(" +")));
    }
    assertThat(run(arguments.toArray(String[]::new)).exitCode()).isZero();
    assertThat(run("credential", "list", "a").out().lines().toList().get(1))
        .isEqualTo("second        " + may);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cache show nothing           | flagstone: there is no cache nothing",
        "cache delete 7 --yes         | flagstone: there is no cache 7",
        "cache create taken --quota 2m| flagstone: there is a cache taken already",
        "cache create 1st --quota 2m  | flagstone: a cache's name is a letter and up to 63 more",
        "credential add nothing       | flagstone: there is no cache nothing",
        "credential remove taken me   | flagstone: me is the primary credential of cache taken",
        "credential remove taken you  | flagstone: cache taken has no credential you",
        "credential add taken --username me | flagstone: the username me is taken",
        "credential promote taken you | flagstone: cache taken has no credential you",
        "credential set taken you --no-write | flagstone: cache taken has no credential you",
        "cache token enable nothing   | flagstone: there is no cache nothing",
        "cache token rotate taken     | flagstone: cache taken has no token; enable it first",
        "cache token disable taken    | flagstone: cache taken has no token; enable it first",
        "certs client nobody          | flagstone: there is no credential nobody"
      })
  void command_thatCannotBeDone_saysWhyInOneLineWithExitCode1(String arguments, String line) {
    run("cache", "create", "taken", "--quota", "2m", "--username", "me");
    Outcome failed = run(arguments.split(" "));
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.out()).isEmpty();
    assertThat(failed.err().lines()).singleElement().asString().startsWith(line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cache                             | say which of these: create, list, show, delete, token",
        "cache create                      | Missing required",
        "cache create a                    | --quota",
        "cache create a --quota 2x         | '2x' is no size",
        "cache create a --quota 1m         | a quota is at least 2m, not 1m",
        "cache create a --quota 2m --password p --password-stdin | mutually exclusive",
        "cache delete a                    | this deletes cache a and all its items: add --yes",
        "cache list --nonsense             | --nonsense",
        "credential set a b                | say what to change: --[no-]write",
        "run --tls-port 65536              | a port is 0..65535, not '65536'",
        "nonsense                          | nonsense",
        "run --memcache-port 65536         | a port is 0..65535, not '65536'",
        "run --bound-port -1               | a port is 0..65535, not '-1'",
        "run --metrics-port x              | a port is 0..65535, not 'x'",
        "run --loops 0                     | the number of loops is 1..64, not '0'",
        "run --loops 65                    | the number of loops is 1..64, not '65'",
        "run --memory lots                 | 'lots' is no size"
      })
  void arguments_thatAreWrong_saySoInOneLineWithExitCode2(String arguments, String part) {
    run("cache", "create", "a", "--quota", "2m");
    Outcome failed = run(arguments.split(" "));
    assertThat(failed.exitCode()).isEqualTo(2);
    assertThat(failed.out()).isEmpty();
    assertThat(failed.err().lines())
        .singleElement()
        .asString()
        .startsWith("flagstone: ")
        .contains(part);
  }

  @Test
  void noArguments_isAUsageError() {
    StringWriter err = new StringWriter();
    CommandLine commandLine = Main.commandLine().setErr(new PrintWriter(err, true));
    assertThat(commandLine.execute()).isEqualTo(2);
    assertThat(err.toString()).contains("run, cache, credential, certs");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "run",
        "cache",
        "cache create",
        "cache token",
        "cache token enable",
        "credential add",
        "credential set",
        "certs client"
      })
  void help_ofEveryCommand_endsWithExitCode0(String command) {
    StringWriter out = new StringWriter();
    List<String> arguments = new ArrayList<>();
    if (!command.isEmpty()) {
      arguments.addAll(List.of(command.split(" ")));
    }
    arguments.add("--help");
    int exitCode =
        Main.commandLine()
            .setOut(new PrintWriter(out, true))
            .execute(arguments.toArray(String[]::new));
    assertThat(exitCode).isZero();
    assertThat(out.toString()).contains("Usage: flagstone");
  }

  @Test
  void version_isOneLine() {
    StringWriter out = new StringWriter();
    assertThat(Main.commandLine().setOut(new PrintWriter(out, true)).execute("--version")).isZero();
    assertThat(out.toString()).matches("flagstone \\S+\n");
  }

  @ParameterizedTest
  @CsvSource({"--memcache-port,--bound-port", "--bound-port,--memcache-port"})
  void run_portInUse_namesThePortAndTheOption(String option, String other) throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      Outcome failed = run("run", "--memory", "16m", option, port, other, "0");
      assertThat(failed.exitCode()).isEqualTo(1);
      assertThat(failed.err().lines())
          .containsExactly("flagstone: port " + port + " is in use; choose another with " + option);
    }
  }

  @Test
  void run_memoryThatTheMachineLacks_saysWhatItHas() {
    Outcome failed = run("run", "--memory", "900000g", "--memcache-port", "0", "--bound-port", "0");
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.err().lines())
        .singleElement()
        .asString()
        .startsWith("flagstone: --memory 900000g: memory of 900000g cannot be reserved, only ");
  }

  @Test
  void token_isPrintedOnceAndKeptNowhere() throws IOException {
    run("cache", "create", "shop", "--quota", "2m");
    JsonNode enabled = json("cache", "token", "enable", "shop");
    String first = enabled.path("token").asText();
    assertThat(first).matches("[0-9a-f]{32}");
    assertThat(enabled.path("serverName").asText()).isEqualTo(first + ".flagstone.test");
    assertThat(run("cache", "token", "enable", "shop").err())
        .startsWith("flagstone: cache shop has a token already; rotate it for another");
    Outcome rotated = run("cache", "token", "rotate", "shop");
    assertThat(rotated.out())
        .containsPattern("server name  [0-9a-f]{32}\\.flagstone\\.test\n")
        .doesNotContain(first);
    assertThat(run("cache", "token", "show", "shop").out())
        .isEqualTo("Cache 1 shop: token enabled\n");
    assertThat(Files.readString(directory.resolve("registry.json")))
        .containsPattern("\"token\" : \"sha256:[0-9a-f]{64}\"")
        .doesNotContain(first);
    assertThat(json("cache", "token", "disable", "shop").path("tokenEnabled").asBoolean())
        .isFalse();
    assertThat(Files.readString(directory.resolve("registry.json"))).doesNotContain("token");
  }

  @Test
  void credentialSetAndPromote_changeWhatIsAskedAndNothingElse() {
    run("cache", "create", "a", "--quota", "2m", "--username", "first");
    run("cache", "token", "enable", "a");
    run("credential", "add", "a", "--username", "second", "--read-only");
    assertThat(run("credential", "set", "a", "second", "--write", "--no-api").out())
        .isEqualTo("second        read,write\n");
    assertThat(run("credential", "set", "a", "second", "--flush").out())
        .isEqualTo("second        read,write,flush\n");
    assertThat(run("credential", "promote", "a", "second").out()).contains("primary");
    assertThat(run("credential", "list", "a").out().lines())
        .containsExactly(
            "first         read,write,flush,api", "second        read,write,flush      primary");
    assertThat(run("credential", "remove", "a", "first").exitCode()).isZero();
    assertThat(run("cache", "show", "a").out()).contains("token  enabled");
  }

  @Test
  void certsClient_issuesACertificateForItsOwnerOnly() throws IOException {
    run("cache", "create", "a", "--quota", "2m", "--username", "me");
    JsonNode issued = json("certs", "client", "me");
    Path key = Path.of(issued.path("key").asText());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    assertThat(Path.of(issued.path("certificate").asText())).exists();
  }

  @Test
  void anyCommand_onAMalformedRegistry_saysSoInOneLine() throws IOException {
    Files.writeString(directory.resolve("registry.json"), "{\n\n");
    Outcome failed = run("cache", "list");
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.err().lines())
        .singleElement()
        .asString()
        .contains("registry.json is malformed: ");
  }

  private JsonNode json(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--json");
    Outcome outcome = run(all.toArray(String[]::new));
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    return JSON.readTree(outcome.out());
  }

  private Outcome run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    if (all.size() > 1) {
      all.addAll(List.of("--data", directory.toString()));
    }
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        Main.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(all.toArray(String[]::new));
    return new Outcome(exitCode, out.toString(), err.toString());
  }
}

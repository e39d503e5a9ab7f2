package dev.flagstone.e2e.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code scripts/flagstone} on one data directory. */
public final class CommandLine {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final Path data;

  /** The one of this data directory. */
  public CommandLine(Path data) {
    this.data = data;
  }

  /** Runs it with these words. */
  public Subprocess.Outcome run(String... words) throws Exception {
    return runWithInput("", words);
  }

  /** Runs it with these words and this on its standard input. */
  public Subprocess.Outcome runWithInput(String input, String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Distribution.staged().script("flagstone").toString());
    command.addAll(List.of(words));
    command.addAll(List.of("--data", data.toString()));
    return Subprocess.run(TIMEOUT, Distribution.environment(), input, command);
  }

  /** Runs it with {@code --json}, fails unless it succeeds, and returns what it says. */
  public JsonNode json(String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--json");
    return JsonMapper.builder().build().readTree(run(all.toArray(String[]::new)).succeeded().out());
  }

  /** A credential that was just made. */
  public record Issued(String username, String password) {}

  /** Creates a cache and returns its primary credential. */
  public Issued createCache(String name, String quota) throws Exception {
    return issued(json("cache", "create", name, "--quota", quota));
  }

  /** Deletes a cache. */
  public void deleteCache(String name) throws Exception {
    var unused = run("cache", "delete", name, "--yes").succeeded();
  }

  /** Adds a generated credential with these options. */
  public Issued addCredential(String cache, String... options) throws Exception {
    List<String> words = new ArrayList<>(List.of("credential", "add", cache));
    words.addAll(List.of(options));
    return issued(json(words.toArray(String[]::new)));
  }

  private static Issued issued(JsonNode node) {
    JsonNode credential = node.path("credential");
    return new Issued(credential.path("username").asText(), credential.path("password").asText());
  }
}

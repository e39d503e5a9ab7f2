package dev.flagstone.launcher.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flagstone.config.MemorySize;
import dev.flagstone.tenancy.Cache;
import dev.flagstone.tenancy.Capability;
import dev.flagstone.tenancy.Credential;
import dev.flagstone.tenancy.Quota;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What a command writes to its standard output: lines for people or, with {@code --json}, one
 * value.
 */
final class Output {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @Option(names = "--json", description = "Write JSON, for programs.")
  boolean json;

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec command;

  PrintWriter lines() {
    return command.commandLine().getOut();
  }

  void json(JsonNode value) {
    try {
      lines().println(MAPPER.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values can be written", e);
    }
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  /** A cache without its credentials. */
  static ObjectNode json(Cache cache) {
    return MAPPER
        .createObjectNode()
        .put("id", cache.id().value())
        .put("name", cache.name())
        .put("quotaBytes", cache.quota().bytes());
  }

  static ObjectNode json(Credential credential) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("username", credential.username());
    ArrayNode capabilities = node.putArray("capabilities");
    capabilities(credential).forEach(capabilities::add);
    return node.put("primary", credential.primary());
  }

  static String quota(Quota quota) {
    return new MemorySize(quota.bytes()).toString();
  }

  /** One line about a credential, for people; reading is what every credential may. */
  static String line(Credential credential) {
    String may =
        Stream.concat(Stream.of("read"), capabilities(credential).stream())
            .collect(Collectors.joining(","));
    return "%-12s  %-20s%s"
        .formatted(credential.username(), may, credential.primary() ? "  primary" : "")
        .stripTrailing();
  }

  private static List<String> capabilities(Credential credential) {
    return Arrays.stream(Capability.values())
        .filter(credential::may)
        .map(capability -> capability.name().toLowerCase(Locale.ROOT))
        .toList();
  }
}

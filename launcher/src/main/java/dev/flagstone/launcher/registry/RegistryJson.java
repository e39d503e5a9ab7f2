package dev.flagstone.launcher.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flagstone.tenancy.Cache;
import dev.flagstone.tenancy.CacheId;
import dev.flagstone.tenancy.Capability;
import dev.flagstone.tenancy.Credential;
import dev.flagstone.tenancy.Quota;
import dev.flagstone.tenancy.TokenHash;
import dev.flagstone.tenancy.Verifier;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The registry file's form.
 *
 * <pre>
 * { "format": 1, "version": 7, "nextId": 3,
 *   "caches": [
 *     { "id": 2, "name": "shop", "quotaBytes": 67108864, "token": "sha256:HASH",
 *       "credentials": [
 *         { "username": "3fa9c1", "verifier": "hmac-sha256:SALT:HASH",
 *           "capabilities": ["write", "flush", "api"], "primary": true } ] } ] }
 * </pre>
 *
 * <p>A cache without a token has no such field. Reading is strict: a field that is missing,
 * unknown, twice there or of another type refuses the whole file, because the next change would
 * write it back without what was not understood.
 */
final class RegistryJson {

  private static final int FORMAT = 1;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private RegistryJson() {}

  static byte[] encode(RegistryTable table) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("format", FORMAT).put("version", table.version()).put("nextId", table.nextId());
    ArrayNode caches = root.putArray("caches");
    for (Cache cache : table.caches()) {
      ObjectNode node = caches.addObject();
      node.put("id", cache.id().value());
      node.put("name", cache.name());
      node.put("quotaBytes", cache.quota().bytes());
      if (cache.token() != null) {
        node.put("token", cache.token().encoded());
      }
      ArrayNode credentials = node.putArray("credentials");
      cache.credentials().forEach(credential -> encode(credential, credentials.addObject()));
    }
    try {
      return (MAPPER.writeValueAsString(root) + "\n").getBytes(UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values can be written", e);
    }
  }

  private static void encode(Credential credential, ObjectNode node) {
    node.put("username", credential.username());
    node.put("verifier", credential.verifier().encoded());
    ArrayNode capabilities = node.putArray("capabilities");
    Arrays.stream(Capability.values())
        .filter(credential::may)
        .forEach(capability -> capabilities.add(name(capability)));
    node.put("primary", credential.primary());
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException with the reason, if it is not that
   */
  static RegistryTable decode(byte[] content) {
    JsonNode root = parse(content);
    int format = new Fields(root, "the registry").intAtLeast("format", 1);
    if (format != FORMAT) {
      throw new IllegalArgumentException(
          "format " + format + " is of another version of Flagstone");
    }
    Fields fields = new Fields(root, "the registry");
    fields.only(Set.of("format", "version", "nextId", "caches"));
    List<Cache> caches = new ArrayList<>();
    for (JsonNode node : fields.array("caches")) {
      caches.add(decodeCache(new Fields(node, "a cache")));
    }
    return new RegistryTable(
        fields.longAtLeast("version", 0), fields.intAtLeast("nextId", 1), caches);
  }

  private static JsonNode parse(byte[] content) {
    try {
      return MAPPER.readTree(content);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "no JSON at line " + e.getLocation().getLineNr() + ": " + firstLine(e), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("no JSON", e);
    }
  }

  private static String firstLine(JsonProcessingException e) {
    return e.getOriginalMessage().lines().findFirst().orElse("");
  }

  private static Cache decodeCache(Fields fields) {
    fields.only(Set.of("id", "name", "quotaBytes", "token", "credentials"));
    List<Credential> credentials = new ArrayList<>();
    for (JsonNode node : fields.array("credentials")) {
      credentials.add(decodeCredential(new Fields(node, "a credential")));
    }
    return new Cache(
        new CacheId(fields.intAtLeast("id", 1)),
        CacheName.require(fields.text("name")),
        new Quota(fields.longAtLeast("quotaBytes", Quota.MIN_BYTES)),
        credentials,
        fields.has("token") ? TokenHash.parse(fields.text("token")) : null);
  }

  private static Credential decodeCredential(Fields fields) {
    fields.only(Set.of("username", "verifier", "capabilities", "primary"));
    Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
    for (JsonNode node : fields.array("capabilities")) {
      capabilities.add(capability(node.asText()));
    }
    return new Credential(
        fields.text("username"),
        Verifier.parse(fields.text("verifier")),
        capabilities,
        fields.flag("primary"));
  }

  private static Capability capability(String name) {
    return Arrays.stream(Capability.values())
        .filter(capability -> name(capability).equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is no capability"));
  }

  private static String name(Capability capability) {
    return capability.name().toLowerCase(Locale.ROOT);
  }

  /** The fields of one JSON object, each asked for by its type. */
  private record Fields(JsonNode node, String what) {

    Fields {
      if (!node.isObject()) {
        throw new IllegalArgumentException(what + " is no JSON object");
      }
    }

    void only(Set<String> names) {
      node.fieldNames()
          .forEachRemaining(
              name -> {
                if (!names.contains(name)) {
                  throw new IllegalArgumentException(what + " has the unknown field " + name);
                }
              });
    }

    boolean has(String name) {
      return node.has(name);
    }

    int intAtLeast(String name, int min) {
      long value = longAtLeast(name, min);
      return require((int) value == value, (int) value, name);
    }

    long longAtLeast(String name, long min) {
      JsonNode value = node.path(name);
      boolean fits = value.isIntegralNumber() && value.canConvertToLong();
      return require(fits && value.longValue() >= min, value.longValue(), name);
    }

    String text(String name) {
      return require(node.path(name).isTextual(), node.path(name).asText(), name);
    }

    boolean flag(String name) {
      return require(node.path(name).isBoolean(), node.path(name).booleanValue(), name);
    }

    JsonNode array(String name) {
      return require(node.path(name).isArray(), node.path(name), name);
    }

    private <T> T require(boolean wellFormed, T value, String name) {
      if (!wellFormed) {
        throw new IllegalArgumentException(what + " has no valid " + name);
      }
      return value;
    }
  }
}

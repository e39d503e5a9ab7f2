package dev.flagstone.launcher.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstone.tenancy.Cache;
import dev.flagstone.tenancy.CacheId;
import dev.flagstone.tenancy.Capability;
import dev.flagstone.tenancy.Credential;
import dev.flagstone.tenancy.Quota;
import dev.flagstone.tenancy.TokenHash;
import dev.flagstone.tenancy.Verifier;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RegistryJsonTest {

  private static final Verifier VERIFIER =
      Verifier.of("open sesame".getBytes(UTF_8), new byte[Verifier.SALT_BYTES]);
  private static final RegistryTable TABLE =
      new RegistryTable(
          7,
          5,
          List.of(
              new Cache(new CacheId(2), "empty", new Quota(Quota.MIN_BYTES), List.of()),
              new Cache(
                  new CacheId(4),
                  "shop",
                  new Quota(64 << 20),
                  List.of(
                      new Credential("a", VERIFIER, EnumSet.allOf(Capability.class), true),
                      new Credential("b", VERIFIER, Set.of(), false)),
                  TokenHash.of("0".repeat(32)).orElseThrow())));

  @Test
  void decode_ofEncoded_isTheSame() {
    assertThat(RegistryJson.decode(RegistryJson.encode(TABLE))).isEqualTo(TABLE);
    assertThat(RegistryJson.decode(RegistryJson.encode(RegistryTable.EMPTY)))
        .isEqualTo(RegistryTable.EMPTY);
  }

  @Test
  void decode_everyPrefix_isRefusedAsMalformed() {
    String text = new String(RegistryJson.encode(TABLE), UTF_8).stripTrailing();
    for (int length = 0; length < text.length(); length++) {
      byte[] prefix = text.substring(0, length).getBytes(UTF_8);
      assertThatThrownBy(() -> RegistryJson.decode(prefix))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"format\" : 1           | \"format\" : 2",
        "\"version\" : 7          | \"version\" : -1",
        "\"version\" : 7          | \"version\" : 7.5",
        "\"version\" : 7          | \"version\" : 99999999999999999999",
        "\"version\" : 7          | \"version\" : 7, \"version\" : 8",
        "\"version\" : 7          | \"version\" : 7, \"more\" : 8",
        "\"nextId\" : 5           | \"nextId\" : 4",
        "\"nextId\" : 5           | \"nextId\" : 4294967301",
        "\"id\" : 4               | \"id\" : 2",
        "\"id\" : 4               | \"id\" : 0",
        "\"name\" : \"shop\"      | \"name\" : \"empty\"",
        "\"name\" : \"shop\"      | \"name\" : \"1\"",
        "\"name\" : \"shop\"      | \"name\" : null",
        "\"quotaBytes\" : 2097152 | \"quotaBytes\" : 1",
        "\"username\" : \"b\"     | \"username\" : \"a\"",
        "\"username\" : \"b\"     | \"username\" : \"b c\"",
        "\"primary\" : true       | \"primary\" : \"true\"",
        "\"primary\" : true       | \"primary\" : false",
        "\"write\"                | \"shout\"",
        "hmac-sha256:0            | hmac-sha1:0",
        "hmac-sha256:0            | hmac-sha256:g"
      })
  void decode_oneThingWrong_isRefused(String right, String wrong) {
    String text = new String(RegistryJson.encode(TABLE), UTF_8);
    assertThat(text).contains(right);
    byte[] changed = text.replace(right, wrong).getBytes(UTF_8);
    assertThatThrownBy(() -> RegistryJson.decode(changed))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "1", "{}", "{} {}", "{\"format\":1}", "\u0000"})
  void decode_somethingElse_isRefused(String text) {
    assertThatThrownBy(() -> RegistryJson.decode(text.getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

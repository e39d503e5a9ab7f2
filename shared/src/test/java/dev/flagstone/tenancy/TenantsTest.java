package dev.flagstone.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TenantsTest {

  private static final Verifier VERIFIER = Verifier.of(new byte[] {1}, new byte[16]);

  @Test
  void username_opensItsCache() {
    Cache one = cache(1, "one", credential("ann", true), credential("bob", false));
    Cache two = cache(2, "two", credential("eve", true));
    Tenants tenants = new Tenants(3, List.of(one, two));
    assertThat(tenants.grant("bob"))
        .hasValueSatisfying(
            grant -> {
              assertThat(grant.cache()).isEqualTo(one);
              assertThat(grant.credential().username()).isEqualTo("bob");
            });
    assertThat(tenants.grant("nobody")).isEmpty();
    assertThat(tenants.cache(new CacheId(2))).contains(two);
    assertThat(tenants.cache(new CacheId(3))).isEmpty();
    assertThat(tenants.quotaBytes()).isEqualTo(2 * Quota.MIN_BYTES);
    assertThat(tenants.version()).isEqualTo(3);
  }

  @Test
  void whatIsUnique_twice_isRefused() {
    Cache one = cache(1, "one", credential("ann", true));
    assertThatThrownBy(() -> new Tenants(1, List.of(one, cache(1, "two"))))
        .hasMessageContaining("cache id 1");
    assertThatThrownBy(() -> new Tenants(1, List.of(one, cache(2, "one"))))
        .hasMessageContaining("cache name one");
    assertThatThrownBy(() -> new Tenants(1, List.of(one, cache(2, "two", credential("ann", true)))))
        .hasMessageContaining("username ann");
  }

  @Test
  void cache_hasOnePrimaryUnlessItHasNoCredential() {
    assertThat(cache(1, "none").credentials()).isEmpty();
    assertThatThrownBy(() -> cache(1, "a", credential("ann", false)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> cache(1, "a", credential("ann", true), credential("bob", true)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void credential_isWellFormedAndRedacted() {
    for (String username : new String[] {"", "a b", "\u00e9", "a\n", "x".repeat(251)}) {
      assertThatThrownBy(() -> credential(username, true))
          .isInstanceOf(IllegalArgumentException.class);
    }
    Credential credential = credential("ann", true);
    assertThat(credential.may(Capability.WRITE)).isTrue();
    assertThat(credential.may(Capability.FLUSH)).isFalse();
    assertThat(credential).hasToString("Credential[ann [WRITE] primary]");
  }

  private static Cache cache(int id, String name, Credential... credentials) {
    return new Cache(new CacheId(id), name, new Quota(Quota.MIN_BYTES), List.of(credentials));
  }

  private static Credential credential(String username, boolean primary) {
    return new Credential(username, VERIFIER, Set.of(Capability.WRITE), primary);
  }
}

package dev.flagstone.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.proxy.session.Identity.Proof;
import dev.flagstone.tenancy.Cache;
import dev.flagstone.tenancy.Capability;
import dev.flagstone.tenancy.Credential;
import dev.flagstone.tenancy.Tenants;
import dev.flagstone.tenancy.TokenHash;
import dev.flagstone.tenancy.Verifier;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IdentityTest {

  private static final TokenHash TOKEN = TokenHash.of("0123456789abcdef".repeat(2)).orElseThrow();
  private static final TokenHash OTHER = TokenHash.of("f".repeat(32)).orElseThrow();
  private static final Cache CACHE =
      SessionHarness.cache(1, "shop", "alice", EnumSet.allOf(Capability.class)).withToken(TOKEN);
  private static final Credential ALICE = CACHE.credentials().get(0);

  private static Tenants table(Cache... caches) {
    return new Tenants(2, List.of(caches));
  }

  private static Identity shown(Proof proof) {
    return switch (proof) {
      case LISTENER -> Identity.bound(CACHE);
      case PASSWORD -> new Identity(CACHE, ALICE);
      case TOKEN -> Identity.ofToken(TOKEN, table(CACHE)).orElseThrow();
      case CERTIFICATE -> Identity.ofCertificate("alice", table(CACHE)).orElseThrow();
    };
  }

  @ParameterizedTest
  @EnumSource(Proof.class)
  void everyProof_endsWithItsCache(Proof proof) {
    assertThat(shown(proof).proof()).isEqualTo(proof);
    assertThat(shown(proof).in(table(CACHE))).isPresent();
    assertThat(shown(proof).in(table())).isEmpty();
    Cache another = SessionHarness.cache(2, "shop", "alice", EnumSet.allOf(Capability.class));
    assertThat(shown(proof).in(table(another.withToken(TOKEN)))).isEmpty();
  }

  @Test
  void anotherPassword_endsPasswordsOnly() {
    Verifier renewed = Verifier.of(new byte[] {1}, new byte[Verifier.SALT_BYTES]);
    Tenants now = table(CACHE.withCredentials(List.of(ALICE.with(renewed))));
    assertThat(shown(Proof.PASSWORD).in(now)).isEmpty();
    assertThat(shown(Proof.TOKEN).in(now)).isPresent();
    assertThat(shown(Proof.CERTIFICATE).in(now)).isPresent();
  }

  @Test
  void anotherToken_endsTokensOnly() {
    for (Cache changed : List.of(CACHE.withToken(OTHER), CACHE.withToken(null))) {
      assertThat(shown(Proof.TOKEN).in(table(changed))).isEmpty();
      assertThat(shown(Proof.PASSWORD).in(table(changed))).isPresent();
      assertThat(shown(Proof.CERTIFICATE).in(table(changed))).isPresent();
    }
  }

  @Test
  void promotedCredential_isWhatATokenStandsFor() {
    Credential reader = new Credential("reader", ALICE.verifier(), Set.of(), true);
    Tenants now = table(CACHE.withCredentials(List.of(ALICE.withPrimary(false), reader)));
    Identity token = shown(Proof.TOKEN).in(now).orElseThrow();
    assertThat(token.may(Capability.WRITE)).isFalse();
    assertThat(shown(Proof.CERTIFICATE).in(now).orElseThrow().may(Capability.WRITE)).isTrue();
  }

  @Test
  void removedCredential_endsItsPasswordAndItsCertificate() {
    Credential other = new Credential("other", ALICE.verifier(), Set.of(), true);
    Tenants now = table(CACHE.withCredentials(List.of(other)));
    assertThat(shown(Proof.PASSWORD).in(now)).isEmpty();
    assertThat(shown(Proof.CERTIFICATE).in(now)).isEmpty();
  }

  @Test
  void unknownTokensAndNames_areNobody() {
    assertThat(Identity.ofToken(OTHER, table(CACHE))).isEmpty();
    assertThat(Identity.ofCertificate("nobody", table(CACHE))).isEmpty();
    assertThat(TokenHash.of("0".repeat(31))).isEmpty();
    assertThat(TokenHash.of("g".repeat(32))).isEmpty();
    assertThat(TokenHash.of("0123456789ABCDEF".repeat(2))).contains(TOKEN);
    assertThat(TOKEN).hasToString("TokenHash[redacted]");
  }
}

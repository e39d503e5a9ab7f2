package dev.flagstone.proxy.session;

import dev.flagstone.tenancy.Cache;
import dev.flagstone.tenancy.CacheId;
import dev.flagstone.tenancy.Capability;
import dev.flagstone.tenancy.Credential;
import dev.flagstone.tenancy.Tenants;
import dev.flagstone.tenancy.Tenants.Grant;
import dev.flagstone.tenancy.TokenHash;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf a session acts: a cache, the credential whose capabilities count, or none on a
 * bound listener, and what the client has shown for it.
 *
 * @param cache what its commands reach; the only place that says so
 * @param credential who logged in, or null on a bound listener, where everything is allowed
 * @param proof what the client has shown, which decides when the identity ends
 */
public record Identity(Cache cache, @Nullable Credential credential, Proof proof) {

  /** What a client shows to be let in. */
  public enum Proof {
    /** It reached a bound listener. */
    LISTENER,
    /** A password; the identity ends when there is another. */
    PASSWORD,
    /** The cache's token; the identity ends when there is another. */
    TOKEN,
    /** A certificate with the credential's username; the identity ends with the credential. */
    CERTIFICATE
  }

  /** The identity of a session that has logged in. */
  public Identity(Cache cache, @Nullable Credential credential) {
    this(cache, credential, credential == null ? Proof.LISTENER : Proof.PASSWORD);
  }

  /** The identity of the sessions of a listener that is bound to a cache. */
  public static Identity bound(Cache cache) {
    return new Identity(cache, null, Proof.LISTENER);
  }

  /** The identity of who shows a token, if it opens a cache. */
  public static Optional<Identity> ofToken(TokenHash token, Tenants tenants) {
    return tenants.grant(token).map(grant -> of(grant, Proof.TOKEN));
  }

  /** The identity of who shows a certificate with this username, if it is a credential's. */
  public static Optional<Identity> ofCertificate(String username, Tenants tenants) {
    return tenants.grant(username).map(grant -> of(grant, Proof.CERTIFICATE));
  }

  private static Identity of(Grant grant, Proof proof) {
    return new Identity(grant.cache(), grant.credential(), proof);
  }

  CacheId cacheId() {
    return cache.id();
  }

  boolean may(Capability capability) {
    return credential == null || credential.may(capability);
  }

  /**
   * The same identity as a newer table sees it, or empty if it holds no longer: the cache or the
   * credential is gone, or what was shown opens it no more.
   */
  Optional<Identity> in(Tenants tenants) {
    if (credential == null) {
      return tenants.cache(cache.id()).map(Identity::bound);
    }
    Optional<Grant> grant =
        switch (proof) {
          case LISTENER -> Optional.empty();
          case PASSWORD ->
              tenants
                  .grant(credential.username())
                  .filter(now -> now.credential().verifier().equals(credential.verifier()));
          case TOKEN -> Optional.ofNullable(cache.token()).flatMap(tenants::grant);
          case CERTIFICATE -> tenants.grant(credential.username());
        };
    return grant.filter(now -> now.cache().id().equals(cache.id())).map(now -> of(now, proof));
  }
}

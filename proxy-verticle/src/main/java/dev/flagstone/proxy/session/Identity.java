package dev.flagstone.proxy.session;

import dev.flagstone.tenancy.Cache;
import dev.flagstone.tenancy.CacheId;
import dev.flagstone.tenancy.Capability;
import dev.flagstone.tenancy.Credential;
import dev.flagstone.tenancy.Tenants;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf a session acts: a cache, and the credential that opened it, or none on a bound
 * listener.
 *
 * @param cache what its commands reach; the only place that says so
 * @param credential who logged in, or null on a bound listener, where everything is allowed
 */
public record Identity(Cache cache, @Nullable Credential credential) {

  /** The identity of the sessions of a listener that is bound to a cache. */
  public static Identity bound(Cache cache) {
    return new Identity(cache, null);
  }

  CacheId cacheId() {
    return cache.id();
  }

  boolean may(Capability capability) {
    return credential == null || credential.may(capability);
  }

  /**
   * The same identity as a newer table sees it, or empty if it holds no longer: the cache or the
   * credential is gone, or its password is another.
   */
  Optional<Identity> in(Tenants tenants) {
    if (credential == null) {
      return tenants.cache(cache.id()).map(Identity::bound);
    }
    return tenants
        .grant(credential.username())
        .filter(grant -> grant.cache().id().equals(cache.id()))
        .filter(grant -> grant.credential().verifier().equals(credential.verifier()))
        .map(grant -> new Identity(grant.cache(), grant.credential()));
  }
}

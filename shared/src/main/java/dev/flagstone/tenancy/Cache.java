package dev.flagstone.tenancy;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One customer's isolated namespace.
 *
 * @param id its number
 * @param name what people call it; unique in the cluster
 * @param quota how much memory its items may take
 * @param credentials who may use it; exactly one is primary, unless there is none at all
 * @param token what opens it with the primary credential's capabilities where a server name holds
 *     the token, or null if nothing does
 */
public record Cache(
    CacheId id, String name, Quota quota, List<Credential> credentials, @Nullable TokenHash token) {

  /** A cache that no token opens. */
  public Cache(CacheId id, String name, Quota quota, List<Credential> credentials) {
    this(id, name, quota, credentials, null);
  }

  public Cache {
    credentials = List.copyOf(credentials);
    long primaries = credentials.stream().filter(Credential::primary).count();
    if (primaries != (credentials.isEmpty() ? 0 : 1)) {
      throw new IllegalArgumentException(
          "cache " + name + " has " + primaries + " primary credentials");
    }
  }

  /** The credential that the cache's own pages show, and that a token stands for. */
  public Optional<Credential> primary() {
    return credentials.stream().filter(Credential::primary).findFirst();
  }

  /** The same cache with another quota. */
  public Cache withQuota(Quota newQuota) {
    return new Cache(id, name, newQuota, credentials, token);
  }

  /** The same cache with other credentials. */
  public Cache withCredentials(List<Credential> newCredentials) {
    return new Cache(id, name, quota, newCredentials, token);
  }

  /** The same cache with another token, or none. */
  public Cache withToken(@Nullable TokenHash newToken) {
    return new Cache(id, name, quota, credentials, newToken);
  }
}

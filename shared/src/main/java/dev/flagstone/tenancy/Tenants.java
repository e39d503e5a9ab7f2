package dev.flagstone.tenancy;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All caches and credentials of a cluster at one instant: an immutable table with a version. */
public final class Tenants {

  /** A table without any cache. */
  public static final Tenants NONE = new Tenants(0, List.of());

  /** A credential, and the cache that it opens. */
  public record Grant(Cache cache, Credential credential) {}

  private final long version;
  private final Map<CacheId, Cache> byId;
  private final Map<String, Grant> byUsername;
  private final Map<TokenHash, Grant> byToken;

  /**
   * Makes the table.
   *
   * @param version larger than that of every earlier one
   * @throws IllegalArgumentException if an id, a name, a username or a token occurs twice
   */
  public Tenants(long version, Collection<Cache> caches) {
    this.version = version;
    Map<CacheId, Cache> ids = new LinkedHashMap<>();
    Map<String, Grant> usernames = new LinkedHashMap<>();
    Map<TokenHash, Grant> tokens = new HashMap<>();
    Set<String> names = new HashSet<>();
    for (Cache cache : caches) {
      refuseTwice(ids.put(cache.id(), cache), "cache id " + cache.id());
      refuseTwice(names.add(cache.name()) ? null : cache, "cache name " + cache.name());
      for (Credential credential : cache.credentials()) {
        Grant earlier = usernames.put(credential.username(), new Grant(cache, credential));
        refuseTwice(earlier, "username " + credential.username());
      }
      Credential primary = cache.primary().orElse(null);
      if (cache.token() != null && primary != null) {
        refuseTwice(tokens.put(cache.token(), new Grant(cache, primary)), "a token");
      }
    }
    this.byId = Map.copyOf(ids);
    this.byUsername = Map.copyOf(usernames);
    this.byToken = Map.copyOf(tokens);
  }

  private static void refuseTwice(@Nullable Object earlier, String what) {
    if (earlier != null) {
      throw new IllegalArgumentException(what + " occurs twice");
    }
  }

  /** The version of the table; a later one has a larger one. */
  public long version() {
    return version;
  }

  /** All caches, by id. */
  public Map<CacheId, Cache> caches() {
    return byId;
  }

  /** The cache with this id. */
  public Optional<Cache> cache(CacheId id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** What a username opens. */
  public Optional<Grant> grant(String username) {
    return Optional.ofNullable(byUsername.get(username));
  }

  /** What a token opens: its cache, with the primary credential of it. */
  public Optional<Grant> grant(TokenHash token) {
    return Optional.ofNullable(byToken.get(token));
  }

  /** The sum of all quotas, in bytes. */
  public long quotaBytes() {
    return byId.values().stream().mapToLong(cache -> cache.quota().bytes()).sum();
  }
}

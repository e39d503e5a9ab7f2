package dev.flagstone.launcher.registry;

import dev.flagstone.tenancy.Cache;
import dev.flagstone.tenancy.CacheId;
import dev.flagstone.tenancy.Tenants;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that the registry file holds, at one version; immutable.
 *
 * @param version rises by 1 with each change; 0 is the table that was never written
 * @param nextId the id that the next cache gets: above every id ever given, so that none comes back
 * @param caches by rising id
 */
record RegistryTable(long version, int nextId, List<Cache> caches) {

  /** The table of a directory without a registry file. */
  static final RegistryTable EMPTY = new RegistryTable(0, 1, List.of());

  /** The most caches in one registry. */
  static final int MAX_CACHES = 100_000;

  RegistryTable {
    caches = List.copyOf(caches);
    if (version < 0) {
      throw new IllegalArgumentException("the version is " + version);
    }
    int previous = 0;
    for (Cache cache : caches) {
      int id = cache.id().value();
      if (id <= previous) {
        throw new IllegalArgumentException("cache id " + id + " follows " + previous);
      }
      previous = id;
    }
    if (nextId <= previous) {
      throw new IllegalArgumentException("nextId " + nextId + " is not above id " + previous);
    }
    Tenants unique = new Tenants(version, caches); // refuses what occurs twice
    assert unique.version() == version;
  }

  /** What proxies and data nodes are told. */
  Tenants tenants() {
    return new Tenants(version, caches);
  }

  /** The cache with this name or, written in digits, this id. */
  Optional<Cache> find(String nameOrId) {
    return caches.stream()
        .filter(cache -> cache.name().equals(nameOrId) || cache.id().toString().equals(nameOrId))
        .findFirst();
  }

  /** The cache with this id. */
  Optional<Cache> find(CacheId id) {
    return caches.stream().filter(cache -> cache.id().equals(id)).findFirst();
  }

  boolean hasUsername(String username) {
    return caches.stream()
        .flatMap(cache -> cache.credentials().stream())
        .anyMatch(credential -> credential.username().equals(username));
  }

  /** The next version, with one cache more; its id is {@link #nextId}. */
  RegistryTable with(Cache added) {
    List<Cache> next = new ArrayList<>(caches);
    next.add(added);
    return new RegistryTable(version + 1, Math.addExact(nextId, 1), next);
  }

  /** The next version, with the cache of the same id replaced. */
  RegistryTable replacing(Cache changed) {
    List<Cache> next = new ArrayList<>(caches);
    next.replaceAll(cache -> cache.id().equals(changed.id()) ? changed : cache);
    return new RegistryTable(version + 1, nextId, next);
  }

  /** The next version, without this cache. */
  RegistryTable without(CacheId id) {
    List<Cache> next = new ArrayList<>(caches);
    next.removeIf(cache -> cache.id().equals(id));
    return new RegistryTable(version + 1, nextId, next);
  }
}

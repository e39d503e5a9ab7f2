package dev.flagstone.tenancy;

import java.util.List;

/**
 * One customer's isolated namespace.
 *
 * @param id its number
 * @param name what people call it; unique in the cluster
 * @param quota how much memory its items may take
 * @param credentials who may use it; exactly one is primary, unless there is none at all
 */
public record Cache(CacheId id, String name, Quota quota, List<Credential> credentials) {

  public Cache {
    credentials = List.copyOf(credentials);
    long primaries = credentials.stream().filter(Credential::primary).count();
    if (primaries != (credentials.isEmpty() ? 0 : 1)) {
      throw new IllegalArgumentException(
          "cache " + name + " has " + primaries + " primary credentials");
    }
  }
}

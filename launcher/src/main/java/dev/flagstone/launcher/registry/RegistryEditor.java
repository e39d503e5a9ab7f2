package dev.flagstone.launcher.registry;

import dev.flagstone.launcher.registry.RegistryStore.Change;
import dev.flagstone.tenancy.Cache;
import dev.flagstone.tenancy.CacheId;
import dev.flagstone.tenancy.Capability;
import dev.flagstone.tenancy.Credential;
import dev.flagstone.tenancy.Quota;
import dev.flagstone.tenancy.TokenHash;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What operators do to the registry of a data directory. Each operation is one new version of the
 * file, made from the newest one, whether a server runs on the directory or not.
 *
 * <p>Every operation throws {@link RegistryException} with a line for the operator if it cannot be
 * done, and has then changed nothing.
 */
public final class RegistryEditor {

  /** The most credentials of one cache. */
  public static final int MAX_CREDENTIALS = 100;

  private final RegistryStore store;
  private final Secrets secrets;

  /** Makes the editor of the registry in this directory, which the first change creates. */
  public RegistryEditor(Path directory, SecureRandom random) {
    this.store = new RegistryStore(directory);
    this.secrets = new Secrets(random);
  }

  /** All caches, by rising id. */
  public List<Cache> caches() {
    return store.read().caches();
  }

  /** The cache with this name or id. */
  public Cache cache(String nameOrId) {
    return require(store.read(), nameOrId);
  }

  /** The cache with this name, if there is one. */
  public Optional<Cache> find(String name) {
    return store.read().find(name);
  }

  /** Makes a cache with an id that no other ever had, and its primary credential. */
  public IssuedCredential createCache(String name, Quota quota, CredentialRequest primary) {
    requireName(name);
    return store.update(
        table -> {
          if (table.find(name).isPresent()) {
            throw new RegistryException("there is a cache " + name + " already");
          }
          if (table.caches().size() == RegistryTable.MAX_CACHES) {
            throw new RegistryException(
                "a registry has at most " + RegistryTable.MAX_CACHES + " caches");
          }
          String password = password(primary);
          Credential credential = credential(table, primary, password, true);
          Cache cache = new Cache(new CacheId(table.nextId()), name, quota, List.of(credential));
          return new Change<>(table.with(cache), new IssuedCredential(cache, credential, password));
        });
  }

  /** Removes a cache with all its credentials, and returns what it was. */
  public Cache deleteCache(String nameOrId) {
    return store.update(
        table -> {
          Cache cache = require(table, nameOrId);
          return new Change<>(table.without(cache.id()), cache);
        });
  }

  /** Gives the cache one credential more. */
  public IssuedCredential addCredential(String nameOrId, CredentialRequest request) {
    return store.update(
        table -> {
          Cache cache = require(table, nameOrId);
          if (cache.credentials().size() >= MAX_CREDENTIALS) {
            throw new RegistryException(
                "cache "
                    + cache.name()
                    + " has "
                    + MAX_CREDENTIALS
                    + " credentials, the most it can");
          }
          String password = password(request);
          Credential credential =
              credential(table, request, password, cache.credentials().isEmpty());
          List<Credential> credentials = new ArrayList<>(cache.credentials());
          credentials.add(credential);
          Cache changed = cache.withCredentials(credentials);
          return new Change<>(
              table.replacing(changed), new IssuedCredential(changed, credential, password));
        });
  }

  /** Takes a credential from the cache; the primary one stays as long as the cache does. */
  public Credential removeCredential(String nameOrId, String username) {
    return store.update(
        table -> {
          Cache cache = require(table, nameOrId);
          Credential credential = require(cache, username);
          if (credential.primary()) {
            throw new RegistryException(
                username
                    + " is the primary credential of cache "
                    + cache.name()
                    + ": it cannot be removed");
          }
          List<Credential> credentials = new ArrayList<>(cache.credentials());
          credentials.remove(credential);
          Cache changed = cache.withCredentials(credentials);
          return new Change<>(table.replacing(changed), credential);
        });
  }

  /** Gives the cache another quota, and returns it as it is now. */
  public Cache setQuota(CacheId id, Quota quota) {
    return change(id, cache -> cache.withQuota(quota));
  }

  /** Gives a credential a new, generated password, which ends the old one. */
  public IssuedCredential resetPassword(CacheId id, String username) {
    String password = secrets.password();
    Cache changed =
        change(
            id,
            cache -> {
              Credential old = require(cache, username);
              return withCredential(cache, old, old.with(secrets.verifier(password)));
            });
    return new IssuedCredential(changed, require(changed, username), password);
  }

  /** Changes what a credential may do; live sessions follow. */
  public Credential changeCapabilities(
      String nameOrId, String username, UnaryOperator<Set<Capability>> change) {
    Cache changed =
        change(
            nameOrId,
            cache -> {
              Credential old = require(cache, username);
              return withCredential(cache, old, old.with(change.apply(old.capabilities())));
            });
    return require(changed, username);
  }

  /** Makes a credential the primary one of its cache, which a token then stands for. */
  public Credential promote(String nameOrId, String username) {
    Cache changed =
        change(
            nameOrId,
            cache -> {
              Credential promoted = require(cache, username);
              return cache.withCredentials(
                  cache.credentials().stream()
                      .map(credential -> credential.withPrimary(credential.equals(promoted)))
                      .toList());
            });
    return require(changed, username);
  }

  /** Gives a cache that has none a token. */
  public IssuedToken enableToken(String nameOrId) {
    return issueToken(
        nameOrId,
        cache -> {
          if (cache.token() != null) {
            throw new RegistryException(
                "cache " + cache.name() + " has a token already; rotate it for another");
          }
        });
  }

  /** Gives a cache another token, which ends the old one and the sessions that came in by it. */
  public IssuedToken rotateToken(String nameOrId) {
    return issueToken(nameOrId, RegistryEditor::requireToken);
  }

  /** Takes a cache's token away, which ends the sessions that came in by it. */
  public Cache disableToken(String nameOrId) {
    return change(
        nameOrId,
        cache -> {
          requireToken(cache);
          return cache.withToken(null);
        });
  }

  private IssuedToken issueToken(String nameOrId, Consumer<Cache> check) {
    String token = secrets.token();
    TokenHash hash = TokenHash.of(token).orElseThrow(IllegalStateException::new);
    Cache changed =
        change(
            nameOrId,
            cache -> {
              check.accept(cache);
              return cache.withToken(hash);
            });
    return new IssuedToken(changed, token);
  }

  private static void requireToken(Cache cache) {
    if (cache.token() == null) {
      throw new RegistryException("cache " + cache.name() + " has no token; enable it first");
    }
  }

  private static Cache withCredential(Cache cache, Credential old, Credential renewed) {
    List<Credential> credentials = new ArrayList<>(cache.credentials());
    credentials.set(credentials.indexOf(old), renewed);
    return cache.withCredentials(credentials);
  }

  private Cache change(CacheId id, UnaryOperator<Cache> change) {
    return change(id.toString(), change);
  }

  private Cache change(String nameOrId, UnaryOperator<Cache> change) {
    return store.update(
        table -> {
          Cache changed = change.apply(require(table, nameOrId));
          return new Change<>(table.replacing(changed), changed);
        });
  }

  private String password(CredentialRequest request) {
    String password = request.password().orElseGet(secrets::password);
    if (!Credential.isWellFormed(password)) {
      throw new RegistryException(
          "a password has 1.."
              + Credential.MAX_PASSWORD_BYTES
              + " visible ASCII characters and no space");
    }
    return password;
  }

  private Credential credential(
      RegistryTable table, CredentialRequest request, String password, boolean primary) {
    String username = request.username().orElseGet(() -> freeUsername(table));
    if (table.hasUsername(username)) {
      throw new RegistryException("the username " + username + " is taken");
    }
    try {
      return new Credential(username, secrets.verifier(password), request.capabilities(), primary);
    } catch (IllegalArgumentException e) {
      throw new RegistryException(String.valueOf(e.getMessage()), e);
    }
  }

  private String freeUsername(RegistryTable table) {
    String username = secrets.username();
    while (table.hasUsername(username)) {
      username = secrets.username();
    }
    return username;
  }

  private static void requireName(String name) {
    try {
      CacheName.require(name);
    } catch (IllegalArgumentException e) {
      throw new RegistryException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Cache require(RegistryTable table, String nameOrId) {
    return table
        .find(nameOrId)
        .orElseThrow(() -> new RegistryException("there is no cache " + printable(nameOrId)));
  }

  private static Credential require(Cache cache, String username) {
    return cache.credentials().stream()
        .filter(credential -> credential.username().equals(username))
        .findFirst()
        .orElseThrow(
            () ->
                new RegistryException(
                    "cache " + cache.name() + " has no credential " + printable(username)));
  }

  /** What an operator typed, in one line whatever it was. */
  private static String printable(String typed) {
    return typed.replaceAll("\\p{Cntrl}", "?");
  }
}

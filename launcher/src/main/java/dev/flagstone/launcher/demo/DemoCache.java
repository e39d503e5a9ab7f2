package dev.flagstone.launcher.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flagstone.launcher.registry.CredentialRequest;
import dev.flagstone.launcher.registry.IssuedCredential;
import dev.flagstone.launcher.registry.RegistryEditor;
import dev.flagstone.tenancy.Cache;
import dev.flagstone.tenancy.Quota;
import java.util.Map;
import java.util.Optional;

/**
 * The cache that is there at the first start, so that a newcomer has something to connect to.
 *
 * <p>The registry keeps only verifiers, so the password lives in {@code demo.env} alone. While that
 * file holds the right one, every start keeps it; if the file is lost, the username gets a new
 * password, because the old one can be told to nobody any more.
 */
public final class DemoCache {

  /** The demo cache's name. */
  public static final String NAME = "demo";

  private final RegistryEditor editor;
  private final DemoEnv env;

  /** Makes the keeper of the demo cache in this registry, whose password is kept in this file. */
  public DemoCache(RegistryEditor editor, DemoEnv env) {
    this.editor = editor;
    this.env = env;
  }

  /** Makes the demo cache, or brings it to this quota, and returns how one logs in. */
  public DemoLogin provide(Quota quota) {
    Optional<Cache> found = editor.find(NAME);
    if (found.isEmpty()) {
      return login(editor.createCache(NAME, quota, CredentialRequest.GENERATED));
    }
    Cache cache = found.get();
    if (!cache.quota().equals(quota)) {
      editor.setQuota(cache.id(), quota);
    }
    return keptLogin(cache).orElseGet(() -> renewedLogin(cache));
  }

  /** The login in the file, if it still is the primary credential's. */
  private Optional<DemoLogin> keptLogin(Cache cache) {
    Map<String, String> variables = env.read();
    String username = variables.getOrDefault(DemoEnv.USERNAME, "");
    String password = variables.getOrDefault(DemoEnv.PASSWORD, "");
    byte[] bytes = password.getBytes(UTF_8);
    return cache
        .primary()
        .filter(credential -> credential.username().equals(username))
        .filter(credential -> credential.verifier().matches(bytes, 0, bytes.length))
        .map(credential -> new DemoLogin(cache.id(), username, password));
  }

  private DemoLogin renewedLogin(Cache cache) {
    return login(
        cache
            .primary()
            .map(credential -> editor.resetPassword(cache.id(), credential.username()))
            .orElseGet(() -> editor.addCredential(NAME, CredentialRequest.GENERATED)));
  }

  private static DemoLogin login(IssuedCredential issued) {
    return new DemoLogin(issued.cache().id(), issued.credential().username(), issued.password());
  }
}

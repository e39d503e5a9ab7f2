package dev.flagstone.launcher.registry;

import dev.flagstone.tenancy.Capability;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A credential that somebody asks for.
 *
 * @param username empty to have one generated
 * @param password empty to have one generated
 * @param capabilities what it may do beyond reading
 */
public record CredentialRequest(
    Optional<String> username, Optional<String> password, Set<Capability> capabilities) {

  /** Asks for generated names and all capabilities. */
  public static final CredentialRequest GENERATED =
      new CredentialRequest(Optional.empty(), Optional.empty(), EnumSet.allOf(Capability.class));

  public CredentialRequest {
    capabilities = Set.copyOf(capabilities);
  }

  /** Says nothing about the password. */
  @Override
  public String toString() {
    return "CredentialRequest[" + username.orElse("generated") + " " + capabilities + "]";
  }
}

package dev.flagstone.launcher.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.flagstone.launcher.registry.CredentialRequest;
import dev.flagstone.launcher.registry.RegistryException;
import dev.flagstone.tenancy.Capability;
import dev.flagstone.tenancy.Credential;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options with which people bring a credential along instead of having one generated. */
final class CredentialOptions {

  @Option(
      names = "--username",
      paramLabel = "NAME",
      description = "Use this username (default: 6 random hexadecimal digits).")
  @Nullable String username;

  @ArgGroup(exclusive = true)
  @Nullable PasswordSource password;

  /** Where an explicit password comes from. */
  static final class PasswordSource {

    @Option(
        names = "--password",
        paramLabel = "PASSWORD",
        description =
            "Use this password (default: 32 random hexadecimal digits). It shows in the list of"
                + " processes and the shell's history: prefer --password-stdin.")
    @Nullable String given;

    @Option(
        names = "--password-stdin",
        description = "Read the password from the first line of standard input.")
    boolean fromStdin;
  }

  /** Tells whether the operator knows the password already. */
  boolean passwordGiven() {
    return password != null;
  }

  CredentialRequest request(Set<Capability> capabilities) {
    return new CredentialRequest(
        Optional.ofNullable(username),
        Optional.ofNullable(password).map(CredentialOptions::read),
        capabilities);
  }

  private static String read(PasswordSource source) {
    if (!source.fromStdin) {
      return source.given == null ? "" : source.given;
    }
    try {
      return firstLine(System.in);
    } catch (IOException e) {
      throw new RegistryException("cannot read the password from standard input");
    }
  }

  /** The first line, or as much of it as shows that it is too long. */
  static String firstLine(InputStream in) throws IOException {
    byte[] line = new byte[Credential.MAX_PASSWORD_BYTES + 2];
    int length = 0;
    int next = in.read();
    while (next >= 0 && next != '\n' && length < line.length) {
      line[length++] = (byte) next;
      next = in.read();
    }
    if (length > 0 && line[length - 1] == '\r') {
      length--;
    }
    return new String(line, 0, length, ISO_8859_1); // what is not ASCII is refused, not changed
  }
}

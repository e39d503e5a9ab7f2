package dev.flagstone.launcher.registry;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstone.tenancy.Cache;
import dev.flagstone.tenancy.CacheId;
import dev.flagstone.tenancy.Capability;
import dev.flagstone.tenancy.Credential;
import dev.flagstone.tenancy.Quota;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RegistryEditorTest {

  private static final Quota QUOTA = new Quota(64 << 20);

  @TempDir private Path parent;
  private Path directory;
  private RegistryEditor editor;

  @BeforeEach
  void open() {
    directory = parent.resolve("data");
    editor = new RegistryEditor(directory, new SecureRandom());
  }

  @Test
  void createCache_generated_hasAPrimaryCredentialThatItsPasswordOpens() {
    IssuedCredential issued = editor.createCache("shop", QUOTA, CredentialRequest.GENERATED);
    assertThat(issued.credential().username()).matches("[0-9a-f]{6}");
    assertThat(issued.password()).matches("[0-9a-f]{32}");
    assertThat(opens(issued.credential(), issued.password())).isTrue();
    assertThat(issued.credential().primary()).isTrue();
    assertThat(issued.credential().capabilities()).containsExactlyInAnyOrder(Capability.values());
    assertThat(editor.caches()).containsExactly(issued.cache());
    assertThat(issued.cache().quota()).isEqualTo(QUOTA);
  }

  @Test
  void registry_onDisk_holdsNoPasswordAndOnlyItsOwnerMayReadIt() throws IOException {
    String password = editor.createCache("a", QUOTA, CredentialRequest.GENERATED).password();
    editor.createCache("b", QUOTA, explicit("someone", "open-sesame"));
    String text = Files.readString(directory.resolve(RegistryStore.FILE));
    assertThat(text).contains("someone").doesNotContain(password, "open-sesame");
    assertThat(mode(directory.resolve(RegistryStore.FILE))).isEqualTo("rw-------");
    assertThat(mode(directory.resolve(RegistryStore.LOCK_FILE))).isEqualTo("rw-------");
    assertThat(mode(directory)).isEqualTo("rwx------");
  }

  @Test
  void createCache_afterDeleting_neverGivesAnIdAgain() {
    int first = create("a");
    int second = create("b");
    editor.deleteCache("b");
    editor.deleteCache("a");
    int third =
        new RegistryEditor(directory, new SecureRandom())
            .createCache("a", QUOTA, CredentialRequest.GENERATED)
            .cache()
            .id()
            .value();
    assertThat(new int[] {first, second, third}).containsExactly(1, 2, 3);
  }

  @Test
  void createCache_nameTaken_isRefused() {
    create("a");
    refuses("there is a cache a already", () -> create("a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1a", "a b", "-a", "a\n", "\u00e9"})
  void createCache_badName_isRefused(String name) {
    refuses("a cache's name is", () -> create(name));
    assertThat(editor.caches()).isEmpty();
  }

  @Test
  void createCache_usernameTakenInAnotherCache_isRefused() {
    editor.createCache("a", QUOTA, explicit("someone", "1"));
    refuses(
        "the username someone is taken",
        () -> editor.createCache("b", QUOTA, explicit("someone", "2")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "\u00e9", "a\tb"})
  void createCache_badPasswordOrUsername_isRefused(String text) {
    refuses("a password has", () -> editor.createCache("a", QUOTA, explicit("someone", text)));
    refuses("a username has", () -> editor.createCache("a", QUOTA, explicit(text, "1")));
  }

  @Test
  void createCache_longestPassword_isTaken() {
    String longest = "p".repeat(Credential.MAX_PASSWORD_BYTES);
    IssuedCredential issued = editor.createCache("a", QUOTA, explicit("someone", longest));
    assertThat(opens(issued.credential(), longest)).isTrue();
    refuses(
        "a password has", () -> editor.createCache("b", QUOTA, explicit("other", longest + "p")));
  }

  @Test
  void cache_byNameOrId_isFound() {
    create("a");
    int id = create("b");
    assertThat(editor.cache("b")).isEqualTo(editor.cache(Integer.toString(id)));
    refuses("there is no cache 99", () -> editor.cache("99"));
    refuses("there is no cache no?such", () -> editor.cache("no\nsuch"));
  }

  @Test
  void credentials_addedAndRemoved_leaveTheOthers() {
    create("a");
    IssuedCredential reader =
        editor.addCredential(
            "a", new CredentialRequest(Optional.of("reader"), Optional.empty(), Set.of()));
    assertThat(reader.credential().primary()).isFalse();
    assertThat(reader.credential().capabilities()).isEmpty();
    assertThat(editor.cache("a").credentials()).hasSize(2).contains(reader.credential());
    editor.removeCredential("a", "reader");
    assertThat(editor.cache("a").credentials()).singleElement().matches(Credential::primary);
    refuses("cache a has no credential reader", () -> editor.removeCredential("a", "reader"));
  }

  @Test
  void removeCredential_primary_isRefused() {
    Cache cache = editor.createCache("a", QUOTA, explicit("owner", "1")).cache();
    refuses("owner is the primary credential", () -> editor.removeCredential("a", "owner"));
    assertThat(editor.cache("a")).isEqualTo(cache);
  }

  @Test
  void addCredential_beyondTheLimit_isRefused() {
    create("a");
    for (int i = 1; i < RegistryEditor.MAX_CREDENTIALS; i++) {
      editor.addCredential("a", CredentialRequest.GENERATED);
    }
    refuses("the most it can", () -> editor.addCredential("a", CredentialRequest.GENERATED));
  }

  @Test
  void resetPassword_endsTheOldOne() {
    IssuedCredential old = editor.createCache("a", QUOTA, explicit("owner", "old"));
    IssuedCredential renewed = editor.resetPassword(old.cache().id(), "owner");
    Credential kept = editor.cache("a").credentials().get(0);
    assertThat(opens(kept, "old")).isFalse();
    assertThat(opens(kept, renewed.password())).isTrue();
    assertThat(kept.primary()).isTrue();
  }

  @Test
  void setQuota_ofNoCache_isRefused() {
    refuses("there is no cache 1", () -> editor.setQuota(new CacheId(1), QUOTA));
  }

  @Test
  void anyChange_ofAMalformedFile_isRefusedAndKeepsTheFile() throws IOException {
    create("a");
    Path file = Files.writeString(directory.resolve(RegistryStore.FILE), "{ \"format\": 1, ");
    refuses("malformed", () -> create("b"));
    refuses("malformed", () -> editor.caches());
    assertThat(file).hasContent("{ \"format\": 1, ");
  }

  @Test
  void issuedCredential_asText_saysNothingAboutThePassword() {
    IssuedCredential issued = editor.createCache("a", QUOTA, explicit("someone", "open-sesame"));
    assertThat(issued.toString()).doesNotContain("open-sesame");
    assertThat(explicit("someone", "open-sesame").toString()).doesNotContain("open-sesame");
  }

  private int create(String name) {
    return editor.createCache(name, QUOTA, CredentialRequest.GENERATED).cache().id().value();
  }

  private static CredentialRequest explicit(String username, String password) {
    return new CredentialRequest(
        Optional.of(username), Optional.of(password), Set.of(Capability.WRITE));
  }

  private static boolean opens(Credential credential, String password) {
    byte[] bytes = password.getBytes(US_ASCII);
    return credential.verifier().matches(bytes, 0, bytes.length);
  }

  private static void refuses(String why, ThrowingCallable operation) {
    assertThatThrownBy(operation)
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining("\n");
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}

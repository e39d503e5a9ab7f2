package dev.flagstone.launcher.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.launcher.registry.CredentialRequest;
import dev.flagstone.launcher.registry.RegistryEditor;
import dev.flagstone.tenancy.Credential;
import dev.flagstone.tenancy.Quota;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoCacheTest {

  private static final Quota QUOTA = new Quota(64 << 20);
  private static final DemoAddresses ADDRESSES =
      new DemoAddresses("127.0.0.1:1", "127.0.0.1:2", "http://127.0.0.1:3/metrics");

  @TempDir private Path directory;
  private RegistryEditor editor;
  private DemoEnv env;
  private DemoCache demo;

  @BeforeEach
  void open() {
    editor = new RegistryEditor(directory, new SecureRandom());
    env = new DemoEnv(directory);
    demo = new DemoCache(editor, env);
  }

  @Test
  void provide_firstTime_makesACacheThatTheLoginOpens() {
    DemoLogin login = demo.provide(QUOTA);
    assertThat(editor.cache("demo").quota()).isEqualTo(QUOTA);
    assertThat(opens(login)).isTrue();
    assertThat(env.file()).doesNotExist();
  }

  @Test
  void provide_withTheFile_keepsTheLogin() {
    DemoLogin first = demo.provide(QUOTA);
    env.write(first, ADDRESSES);
    assertThat(demo.provide(QUOTA)).isEqualTo(first);
    assertThat(opens(first)).isTrue();
  }

  @Test
  void provide_otherMemory_movesTheQuotaAndKeepsTheLogin() {
    DemoLogin first = demo.provide(QUOTA);
    env.write(first, ADDRESSES);
    Quota larger = new Quota(128 << 20);
    assertThat(demo.provide(larger)).isEqualTo(first);
    assertThat(editor.cache("demo").quota()).isEqualTo(larger);
  }

  @Test
  void provide_lostFile_givesTheUsernameANewPassword() {
    DemoLogin first = demo.provide(QUOTA);
    DemoLogin second = demo.provide(QUOTA);
    assertThat(second.username()).isEqualTo(first.username());
    assertThat(second.cache()).isEqualTo(first.cache());
    assertThat(second.password()).isNotEqualTo(first.password());
    assertThat(opens(first)).isFalse();
    assertThat(opens(second)).isTrue();
  }

  @Test
  void provide_fileWithAnotherPassword_givesANewOne() {
    DemoLogin first = demo.provide(QUOTA);
    env.write(new DemoLogin(first.cache(), first.username(), "guess"), ADDRESSES);
    DemoLogin second = demo.provide(QUOTA);
    assertThat(second.password()).isNotEqualTo("guess");
    assertThat(opens(second)).isTrue();
  }

  @Test
  void provide_deletedCache_comesBackWithAnotherId() {
    DemoLogin first = demo.provide(QUOTA);
    env.write(first, ADDRESSES);
    editor.deleteCache("demo");
    editor.createCache("other", QUOTA, CredentialRequest.GENERATED);
    DemoLogin second = demo.provide(QUOTA);
    assertThat(second.cache().value()).isGreaterThan(first.cache().value());
    assertThat(opens(second)).isTrue();
  }

  @Test
  void write_isWhatShellsSourceAndOnlyItsOwnerMayRead() throws IOException {
    DemoLogin login = demo.provide(QUOTA);
    env.write(login, ADDRESSES);
    assertThat(env.file())
        .content()
        .isEqualTo(
            """
            MEMCACHIER_SERVERS=127.0.0.1:1
            MEMCACHIER_USERNAME=%s
            MEMCACHIER_PASSWORD=%s
            FLAGSTONE_BOUND_SERVER=127.0.0.1:2
            FLAGSTONE_METRICS_URL=http://127.0.0.1:3/metrics
            FLAGSTONE_CACHE_ID=1
            """
                .formatted(login.username(), login.password()));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(env.file())))
        .isEqualTo("rw-------");
  }

  @Test
  void login_asText_saysNothingAboutThePassword() {
    DemoLogin login = demo.provide(QUOTA);
    assertThat(login.toString()).doesNotContain(login.password());
  }

  private boolean opens(DemoLogin login) {
    byte[] password = login.password().getBytes(US_ASCII);
    Credential primary = editor.cache("demo").credentials().get(0);
    return primary.username().equals(login.username())
        && primary.verifier().matches(password, 0, password.length);
  }
}

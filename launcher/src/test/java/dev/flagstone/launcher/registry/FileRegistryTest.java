package dev.flagstone.launcher.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.flagstone.tenancy.Quota;
import dev.flagstone.tenancy.Tenants;
import dev.flagstone.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

final class FileRegistryTest {

  private static final Quota QUOTA = new Quota(Quota.MIN_BYTES);

  @TempDir private Path directory;
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(FileRegistry.class);
  private RegistryEditor editor;
  private FileRegistry registry;

  @BeforeEach
  void open() {
    log.start();
    logger.addAppender(log);
    logger.setAdditive(false);
    editor = new RegistryEditor(directory, new SecureRandom());
    registry = new FileRegistry(directory, TimeSource.system());
  }

  @AfterEach
  void close() {
    registry.close();
    logger.detachAppender(log);
    logger.setAdditive(true);
  }

  @Test
  void tenants_directoryWithoutRegistry_areNone() {
    assertThat(registry.tenants().caches()).isEmpty();
    assertThat(registry.tenants().version()).isZero();
  }

  @Test
  void change_byAnotherEditor_isToldInOrderWithinAQuarterOfASecond() throws Exception {
    BlockingQueue<Tenants> told = new LinkedBlockingQueue<>();
    Runnable end = registry.subscribe(told::add);
    for (int version = 1; version <= 5; version++) {
      String name = "cache" + version;
      editor.createCache(name, QUOTA, CredentialRequest.GENERATED);
      Tenants newer = told.poll(250, TimeUnit.MILLISECONDS);
      assertThat(newer).isNotNull();
      assertThat(newer.version()).isEqualTo(version);
      assertThat(newer.caches()).hasSize(version);
      assertThat(registry.tenants()).isSameAs(newer);
    }
    end.run();
    editor.deleteCache("cache1");
    registry.refresh();
    assertThat(told).isEmpty();
    assertThat(registry.tenants().version()).isEqualTo(6);
  }

  @Test
  void change_sameTimeAndSize_isNoticedByTheFilesIdentity() throws IOException {
    editor.createCache("aaa", QUOTA, CredentialRequest.GENERATED);
    registry.refresh();
    Path file = directory.resolve(RegistryStore.FILE);
    var modified = Files.getLastModifiedTime(file);
    editor.setQuota(registry.tenants().caches().keySet().iterator().next(), new Quota(3_000_000));
    Files.setLastModifiedTime(file, modified);
    registry.refresh();
    assertThat(registry.tenants().quotaBytes()).isEqualTo(3_000_000);
  }

  @Test
  void malformedFile_keepsTheLastGoodTableAndLogsOneLine() throws Exception {
    editor.createCache("a", QUOTA, CredentialRequest.GENERATED);
    registry.refresh();
    Tenants good = registry.tenants();
    Path file = directory.resolve(RegistryStore.FILE);
    byte[] content = Files.readAllBytes(file);
    Files.writeString(file, "{");
    for (int i = 0; i < 20; i++) {
      registry.refresh();
    }
    assertThat(registry.tenants()).isSameAs(good);
    assertThat(lines()).singleElement().asString().contains("malformed", "stay as they were");
    Files.write(file, content);
    editor.createCache("b", QUOTA, CredentialRequest.GENERATED);
    registry.refresh();
    assertThat(registry.tenants().caches()).hasSize(2);
  }

  @Test
  void vanishedFile_keepsTheLastGoodTable() throws IOException {
    editor.createCache("a", QUOTA, CredentialRequest.GENERATED);
    registry.refresh();
    Files.delete(directory.resolve(RegistryStore.FILE));
    registry.refresh();
    assertThat(registry.tenants().caches()).hasSize(1);
    assertThat(lines()).singleElement().asString().contains("version 0, not above 1");
  }

  @Test
  void olderFile_keepsTheNewerTable() throws IOException {
    editor.createCache("a", QUOTA, CredentialRequest.GENERATED);
    byte[] backup = Files.readAllBytes(directory.resolve(RegistryStore.FILE));
    editor.createCache("b", QUOTA, CredentialRequest.GENERATED);
    registry.refresh();
    Files.write(directory.resolve(RegistryStore.FILE), backup);
    registry.refresh();
    assertThat(registry.tenants().caches()).hasSize(2);
    assertThat(lines()).singleElement().asString().contains("version 1, not above 2");
  }

  @Test
  void listenerThatThrows_doesNotKeepTheOthersFromHearing() {
    List<Long> heard = new ArrayList<>();
    registry.subscribe(
        tenants -> {
          throw new IllegalStateException("listener");
        });
    registry.subscribe(tenants -> heard.add(tenants.version()));
    editor.createCache("a", QUOTA, CredentialRequest.GENERATED);
    registry.refresh();
    assertThat(heard).containsExactly(1L);
  }

  @Test
  void open_malformedFile_isRefused() throws IOException {
    Files.writeString(directory.resolve(RegistryStore.FILE), "not json");
    assertThatThrownBy(() -> new FileRegistry(directory, TimeSource.system()))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("malformed");
  }

  private List<String> lines() {
    return List.copyOf(log.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}

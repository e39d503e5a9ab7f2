package dev.flagstone.launcher.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.launcher.files.OtherJvm;
import dev.flagstone.tenancy.Cache;
import dev.flagstone.tenancy.Quota;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writers in several processes and threads on one directory, and a reader that never waits. */
final class RegistryWritersTest {

  private static final int CACHES_PER_WRITER = 25;

  @TempDir private Path directory;

  @Test
  void writers_inProcessesAndThreads_loseNoChangeAndShareNoId() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (String writer : List.of("p", "q")) {
      processes.add(OtherJvm.of(Writer.class, directory.toString(), writer).inheritIO().start());
    }
    List<Thread> threads = new ArrayList<>();
    for (String writer : List.of("t", "u")) {
      Thread thread = new Thread(() -> Writer.write(directory, writer));
      threads.add(thread);
      thread.start();
    }
    RegistryStore reader = new RegistryStore(directory);
    long version = 0;
    while (processes.stream().anyMatch(Process::isAlive)) {
      long read = reader.read().version(); // throws on anything half-written
      assertThat(read).isGreaterThanOrEqualTo(version);
      version = read;
    }
    for (Process process : processes) {
      assertThat(process.waitFor()).isZero();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    RegistryTable table = reader.read();
    int all = 4 * CACHES_PER_WRITER;
    assertThat(table.version()).isEqualTo(all);
    assertThat(table.nextId()).isEqualTo(all + 1);
    assertThat(table.caches()).hasSize(all).extracting(Cache::name).doesNotHaveDuplicates();
    assertThat(table.caches())
        .extracting(cache -> cache.id().value())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, all).boxed().toList());
  }

  /** One process of the test. */
  static final class Writer {

    private Writer() {}

    public static void main(String[] arguments) {
      write(Path.of(arguments[0]), arguments[1]);
    }

    static void write(Path directory, String name) {
      RegistryEditor editor = new RegistryEditor(directory, new SecureRandom());
      for (int i = 0; i < CACHES_PER_WRITER; i++) {
        editor.createCache(name + i, new Quota(Quota.MIN_BYTES), CredentialRequest.GENERATED);
      }
    }
  }
}

package dev.flagstone.launcher.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileMutexTest {

  @TempDir private Path directory;

  @Test
  void tryAcquire_heldByThisProcess_isRefusedAndKeepsTheHoldersLock() throws Exception {
    Path file = directory.resolve("lock");
    FileMutex held = FileMutex.tryAcquire(file).orElseThrow();
    assertThat(FileMutex.tryAcquire(file)).isEmpty();
    assertThat(FileMutex.tryAcquire(directory.resolve("x/../lock").normalize())).isEmpty();
    assertThat(OtherJvm.run(Holder.class, file.toString())).isEqualTo(Holder.REFUSED);
    held.close();
    assertThat(OtherJvm.run(Holder.class, file.toString())).isEqualTo(Holder.ACQUIRED);
  }

  @Test
  void acquire_heldTooLong_givesUp() throws IOException {
    Path file = directory.resolve("lock");
    FileMutex held = FileMutex.tryAcquire(file).orElseThrow();
    assertThat(FileMutex.acquire(file, 30)).isEmpty();
    held.close();
    FileMutex.acquire(file, 30).orElseThrow().close();
  }

  /** Another process that tries to take the lock. */
  static final class Holder {

    static final int ACQUIRED = 10;
    static final int REFUSED = 11;

    private Holder() {}

    public static void main(String[] arguments) throws IOException {
      boolean acquired = FileMutex.tryAcquire(Path.of(arguments[0])).isPresent();
      System.exit(acquired ? ACQUIRED : REFUSED);
    }
  }
}

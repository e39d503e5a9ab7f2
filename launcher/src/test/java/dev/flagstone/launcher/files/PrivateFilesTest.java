package dev.flagstone.launcher.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrivateFilesTest {

  @TempDir private Path directory;

  @Test
  void replace_newFile_onlyItsOwnerMayRead() throws IOException {
    Path file = directory.resolve("secret");
    PrivateFiles.replace(file, new byte[] {1, 2, 3});
    assertThat(Files.readAllBytes(file)).containsExactly(1, 2, 3);
    assertThat(mode(file)).isEqualTo("rw-------");
  }

  @Test
  void replace_fileThatAllMayRead_onlyItsOwnerMayAfterwards() throws IOException {
    Path file = Files.writeString(directory.resolve("secret"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    PrivateFiles.replace(file, new byte[] {1});
    assertThat(mode(file)).isEqualTo("rw-------");
  }

  @Test
  void replace_leftoverOfACrash_isOverwritten() throws IOException {
    Path leftover = Files.writeString(directory.resolve("secret.next"), "half");
    PrivateFiles.replace(directory.resolve("secret"), new byte[] {1});
    assertThat(leftover).doesNotExist();
  }

  @Test
  void replace_targetThatCannotBeReplaced_leavesNothingBehind() throws IOException {
    Path occupied = Files.createDirectory(directory.resolve("secret"));
    Files.createFile(occupied.resolve("inside"));
    assertThatThrownBy(() -> PrivateFiles.replace(occupied, new byte[] {1}))
        .isInstanceOf(IOException.class);
    assertThat(directory.resolve("secret.next")).doesNotExist();
  }

  @Test
  void createDirectory_withParents_onlyTheirOwnerMayEnter() throws IOException {
    Path made = directory.resolve("a/b");
    PrivateFiles.createDirectory(made);
    assertThat(mode(made)).isEqualTo("rwx------");
    assertThat(mode(directory.resolve("a"))).isEqualTo("rwx------");
  }

  @Test
  void createDirectory_thatExists_keepsItsMode() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    PrivateFiles.createDirectory(directory);
    assertThat(mode(directory)).isEqualTo("rwxr-xr-x");
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}

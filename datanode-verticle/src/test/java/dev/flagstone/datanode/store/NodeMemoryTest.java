package dev.flagstone.datanode.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeMemoryTest {

  @TempDir private Path root;

  private void file(String name, String content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  @Test
  void availableBytes_isTheLeastThatAnybodyTells() throws Exception {
    MachineMemory machine = new MachineMemory(root);
    assertThat(machine.availableBytes()).isEqualTo(Long.MAX_VALUE);
    file("proc/meminfo", "MemTotal: 9000 kB\nMemAvailable:    8000 kB\n");
    assertThat(machine.availableBytes()).isEqualTo(8000L << 10);
    file("sys/fs/cgroup/memory.max", "max\n");
    assertThat(machine.availableBytes()).isEqualTo(8000L << 10);
    file("sys/fs/cgroup/memory.max", "5000000\n");
    file("sys/fs/cgroup/memory.current", "1000000\n");
    assertThat(machine.availableBytes()).isEqualTo(4_000_000);
    file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    assertThat(machine.availableBytes()).isEqualTo(4_000_000);
    file("sys/fs/cgroup/memory/memory.limit_in_bytes", "3000000\n");
    assertThat(machine.availableBytes()).isEqualTo(3_000_000);
  }

  @Test
  void reserve_moreThanAvailable_saysSoInOneSentence() throws Exception {
    file("proc/meminfo", "MemAvailable: 10240 kB\n");
    assertThatThrownBy(() -> NodeMemory.reserve(64 << 20, 2, new MachineMemory(root)))
        .isInstanceOf(MemoryUnavailableException.class)
        .hasMessage("memory of 64m cannot be reserved, only 10m are available on this machine");
  }

  @Test
  void reserve_tooLittleOrTooMuch_isRefused() {
    assertThatThrownBy(() -> NodeMemory.reserve(1 << 20, 1))
        .isInstanceOf(MemoryUnavailableException.class)
        .hasMessage("memory of 1m is too little, it takes at least 2m");
    assertThatThrownBy(() -> NodeMemory.reserve(64L << 30, 1, new MachineMemory(root)))
        .isInstanceOf(MemoryUnavailableException.class)
        .hasMessageContaining("32g");
  }

  @Test
  void reserve_beyondWhatTheVirtualMachineMayHave_isNoOutOfMemoryError() {
    assertThatThrownBy(() -> NodeMemory.reserve(32L << 30, 1, new MachineMemory(root)))
        .isInstanceOf(MemoryUnavailableException.class)
        .hasMessageContaining("-XX:MaxDirectMemorySize");
  }
}

package dev.flagstone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatRowsTest {

  @Test
  void entries_writtenAndVisited_areTheSame() {
    byte[] bytes = new byte[3 + StatCounter.COUNT * StatRows.ENTRY_BYTES];
    List<String> written = new ArrayList<>();
    int end = 3;
    for (int i = 0; i < StatCounter.COUNT; i++) {
      end = StatRows.put(bytes, end, i * 1_000, StatCounter.of(i), Long.MAX_VALUE - i);
      written.add(i * 1_000 + " " + StatCounter.of(i) + " " + (Long.MAX_VALUE - i));
    }
    assertThat(end).isEqualTo(bytes.length);
    assertThat(visited(bytes, 3, end - 3)).isEqualTo(written);
  }

  @Test
  void unknownCounterAndHalfEntry_areSkipped() {
    byte[] bytes = new byte[2 * StatRows.ENTRY_BYTES + 5];
    StatRows.put(bytes, 0, 0, StatCounter.BYTES, 1);
    bytes[4] = (byte) StatCounter.COUNT;
    StatRows.put(bytes, StatRows.ENTRY_BYTES, 0, StatCounter.BYTES, 2);
    assertThat(visited(bytes, 0, bytes.length)).containsExactly("0 BYTES 2");
    bytes[7] = -1;
    assertThat(visited(bytes, 0, StatRows.ENTRY_BYTES)).isEmpty();
  }

  private static List<String> visited(byte[] bytes, int offset, int length) {
    List<String> visited = new ArrayList<>();
    StatRows.visit(
        bytes,
        offset,
        length,
        (row, counter, value) -> visited.add(row + " " + counter + " " + value));
    return visited;
  }
}

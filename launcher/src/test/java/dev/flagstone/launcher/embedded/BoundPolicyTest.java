package dev.flagstone.launcher.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BoundPolicyTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                                       | 127.0.0.1",
        "bound.address = 127.0.0.2                                | 127.0.0.2",
        "bound.address = ::1                                      | ::1",
        "bound.address = 0.0.0.0;bound.beyond-loopback = true     | 0.0.0.0"
      })
  void load_allowedAddress_isTaken(String settings, String address) throws Exception {
    assertThat(BoundPolicy.load(file(settings)).address()).isEqualTo(address);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bound.address = 0.0.0.0                                  | stays on loopback",
        "bound.address = 10.0.0.1;bound.beyond-loopback = false   | stays on loopback",
        "bound.beyond-loopback = yes                              | is true or false, not yes",
        "bound.adress = 127.0.0.1                                 | unknown setting bound.adress",
        "bound.address = \\u12                                    | malformed"
      })
  void load_anythingElse_isRefused(String settings, String why) throws IOException {
    Path file = file(settings);
    assertThatThrownBy(() -> BoundPolicy.load(file))
        .isInstanceOf(StartException.class)
        .hasMessageContaining(why);
  }

  @Test
  void load_missingFile_isRefused() {
    assertThatThrownBy(() -> BoundPolicy.load(directory.resolve("none")))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("no such file");
  }

  private Path file(String settings) throws IOException {
    return Files.writeString(directory.resolve("conf"), settings.replace(';', '\n'));
  }
}

package dev.flagstone.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShellVariablesTest {

  @TempDir private Path directory;

  @Test
  void format_plainValues_needsNoQuotes() {
    assertThat(ShellVariables.format(Map.of("URL", "http://127.0.0.1:9/metrics")))
        .isEqualTo("URL=http://127.0.0.1:9/metrics\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "$HOME", "`id`", "it's", "''", "a\"b\\", "#x", "a;b&c|d*?"})
  void format_anyValue_isReadBackByUsAndByTheShell(String value)
      throws IOException, InterruptedException {
    String text = ShellVariables.format(Map.of("SECRET", value));
    assertThat(ShellVariables.parse(text)).containsExactly(Map.entry("SECRET", value));
    Path file = Files.writeString(directory.resolve("env"), text);
    Process shell =
        new ProcessBuilder("/bin/sh", "-c", ". " + file + " && printf %s \"$SECRET\"").start();
    byte[] printed = shell.getInputStream().readAllBytes();
    assertThat(shell.waitFor()).isZero();
    assertThat(new String(printed, StandardCharsets.UTF_8)).isEqualTo(value);
  }

  @Test
  void parse_commentsExportsAndNonsense_takesWhatIsAVariable() {
    assertThat(ShellVariables.parse("# note\n\nexport A=1\n B=2 \n=3\n4=5\nnonsense\n"))
        .containsExactly(Map.entry("A", "1"), Map.entry("B", "2"));
  }
}

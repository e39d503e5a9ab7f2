package dev.flagstone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flagstone.e2e.kit.CommandLine;
import dev.flagstone.e2e.kit.CommandLine.Issued;
import dev.flagstone.e2e.kit.FlagstoneProcess;
import dev.flagstone.e2e.kit.RawClient;
import dev.flagstone.e2e.kit.SharedServer;
import dev.flagstone.e2e.kit.Subprocess;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The operator's command line while a server runs on the same directory. */
@ExtendWith(SharedServer.class)
final class RegistryTest {

  private static final Duration WITHIN = Duration.ofSeconds(1);

  private final FlagstoneProcess server;
  private final CommandLine flagstone;

  RegistryTest(FlagstoneProcess server) {
    this.server = server;
    this.flagstone = new CommandLine(server.data());
  }

  @Test
  void newCache_isUsableWithinASecond_andDeletedOneClosesItsSessions() throws Exception {
    Issued credential = flagstone.createCache("shop", "16m");
    try (RawClient client = server.awaitLogin(credential);
        RawClient demo = server.connect()) {
      assertThat(client.exchange("set a 0 0 1\r\nx\r\n")).isEqualTo("STORED");
      assertThat(client.stat("limit_maxbytes")).isEqualTo(16 << 20);
      assertThat(flagstone.run("cache", "delete", "shop").exitCode()).isEqualTo(2);
      assertThat(client.exchange("mn\r\n")).isEqualTo("MN");
      flagstone.deleteCache("shop");
      assertThat(client.untilClosed(WITHIN)).isEmpty();
      assertThat(demo.exchange("mn\r\n")).isEqualTo("MN");
    }
    try (RawClient late = RawClient.connect(server.memcachePort(), "127.0.2.1")) {
      String password = credential.password();
      late.send(
          "set "
              + credential.username()
              + " 0 0 "
              + password.length()
              + "\r\n"
              + password
              + "\r\n");
      assertThat(late.line()).isEqualTo("CLIENT_ERROR authentication failure");
    }
  }

  @Test
  void recreatedCache_hasNoneOfTheOldItems() throws Exception {
    Issued first = flagstone.createCache("again", "16m");
    try (RawClient client = server.awaitLogin(first)) {
      assertThat(client.exchange("set a 0 0 1\r\nx\r\n")).isEqualTo("STORED");
    }
    flagstone.deleteCache("again");
    Issued second = flagstone.createCache("again", "16m");
    try (RawClient client = server.awaitLogin(second)) {
      assertThat(client.get("a")).isNull();
      assertThat(client.stat("curr_items")).isZero();
    } finally {
      flagstone.deleteCache("again");
    }
  }

  @Test
  void removedCredential_closesItsLiveSessionsWithinASecond_andNoOthers() throws Exception {
    Issued primary = flagstone.createCache("teams", "16m");
    Issued second = flagstone.addCredential("teams");
    Issued readOnly = flagstone.addCredential("teams", "--read-only");
    try (RawClient first = server.awaitLogin(primary);
        RawClient other = server.awaitLogin(second);
        RawClient reader = server.awaitLogin(readOnly)) {
      assertThat(first.exchange("set a 0 0 1\r\nx\r\n")).isEqualTo("STORED");
      assertThat(other.get("a")).asString().isEqualTo("x");
      assertThat(reader.get("a")).asString().isEqualTo("x");
      assertThat(reader.exchange("set a 0 0 1\r\ny\r\n")).isEqualTo("NOT_STORED");
      assertThat(reader.exchange("delete a\r\n"))
          .isEqualTo("CLIENT_ERROR write capability required");
      assertThat(reader.exchange("flush_all\r\n"))
          .isEqualTo("CLIENT_ERROR flush capability required");
      var unused = flagstone.json("credential", "remove", "teams", second.username());
      assertThat(other.untilClosed(WITHIN)).isEmpty();
      assertThat(first.get("a")).asString().isEqualTo("x");
      assertThat(reader.get("a")).asString().isEqualTo("x");
      assertThat(flagstone.run("credential", "remove", "teams", primary.username()).exitCode())
          .isEqualTo(1); // the primary one stays as long as its cache
      assertThat(first.exchange("mn\r\n")).isEqualTo("MN");
    } finally {
      flagstone.deleteCache("teams");
    }
  }

  @Test
  void broughtCredential_logsInAsGiven() throws Exception {
    Issued brought = new Issued("legacy-user", "a-password-from-long-ago");
    Issued piped = new Issued("piped", "another-password-4711");
    Subprocess.Outcome created =
        flagstone.run(
            "cache",
            "create",
            "moved",
            "--quota",
            "16m",
            "--username",
            brought.username(),
            "--password",
            brought.password());
    assertThat(created.succeeded().out()).doesNotContain(brought.password());
    Subprocess.Outcome added =
        flagstone.runWithInput(
            piped.password() + "\n",
            "credential",
            "add",
            "moved",
            "--username",
            piped.username(),
            "--password-stdin");
    assertThat(added.succeeded().out()).doesNotContain(piped.password());
    try (RawClient one = server.awaitLogin(brought);
        RawClient two = server.awaitLogin(piped)) {
      assertThat(one.exchange("set a 0 0 1\r\nx\r\n")).isEqualTo("STORED");
      assertThat(two.get("a")).asString().isEqualTo("x");
    } finally {
      flagstone.deleteCache("moved");
    }
  }

  @Test
  void listAndShow_tellWhatIsThere_withoutPasswords() throws Exception {
    Issued credential = flagstone.createCache("visible", "32m");
    try {
      JsonNode all = flagstone.json("cache", "list");
      assertThat(all.findValuesAsText("name")).contains("demo", "visible");
      JsonNode shown = flagstone.json("cache", "show", "visible");
      assertThat(shown.path("quotaBytes").asLong()).isEqualTo(32 << 20);
      assertThat(shown.path("credentials").findValuesAsText("username"))
          .containsExactly(credential.username());
      assertThat(shown.toString() + all).doesNotContain(credential.password());
      Subprocess.Outcome twice = flagstone.run("cache", "create", "visible", "--quota", "32m");
      assertThat(twice.exitCode()).isEqualTo(1);
      assertThat(twice.err().lines()).hasSize(1);
    } finally {
      flagstone.deleteCache("visible");
    }
  }
}

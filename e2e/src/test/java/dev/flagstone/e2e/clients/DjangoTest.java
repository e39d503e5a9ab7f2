package dev.flagstone.e2e.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstone.e2e.kit.Distribution;
import dev.flagstone.e2e.kit.FlagstoneProcess;
import dev.flagstone.e2e.kit.RawClient;
import dev.flagstone.e2e.kit.Subprocess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The guide for Django: 100 requests of a real one, each to its end, and the connections that the
 * server counts meanwhile. It has a server of its own, as others would be counted too.
 */
final class DjangoTest {

  private static final Path RESOURCES = Path.of("src/test/resources/clients").toAbsolutePath();

  private static FlagstoneProcess server;

  @BeforeAll
  static void start() throws Exception {
    server = FlagstoneProcess.start("--memory", "32m");
  }

  @AfterAll
  static void stop() throws Exception {
    server.endCleanly();
  }

  private static long connectionsOf100Requests(String settings) throws Exception {
    Path directory = Distribution.newDirectory("django");
    Files.writeString(
        directory.resolve("flagstone_pymemcache.py"),
        Guide.page("python.md").snippet("flagstone_pymemcache.py"));
    Files.writeString(
        directory.resolve("flagstone_cache.py"),
        Guide.page("django.md").snippet("flagstone_cache.py"));
    Path file = directory.resolve("settings.py");
    Files.writeString(file, settings);
    Map<String, String> environment = new HashMap<>(server.env());
    environment.put("PYTHONPATH", directory.toString());
    environment.put("PYTHONDONTWRITEBYTECODE", "1");
    try (RawClient counter = server.connect()) {
      assertThat(counter.exchange("flush_all\r\n")).isEqualTo("OK");
      long before = counter.stat("total_connections");
      Path worker = RESOURCES.resolve("guide/django_worker.py");
      Subprocess.Outcome outcome =
          Subprocess.run(
                  Duration.ofSeconds(60),
                  environment,
                  List.of("/usr/bin/python3", "-W", "ignore", worker.toString(), file.toString()))
              .succeeded();
      assertThat(outcome.out()).isEqualTo("100 requests\n");
      assertThat(counter.get(":1:page:99")).isNotNull(); // it was this server that they used
      return counter.stat("total_connections") - before;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"django-pylibmc", "django-settings", "django-settings-tls"})
  void hundredRequests_ofOneWorker_takeOneConnection(String snippet) throws Exception {
    assertThat(connectionsOf100Requests(Guide.page("django.md").snippet(snippet))).isEqualTo(1);
  }

  /** What the page warns of, and the proof that the tests above would notice. */
  @Test
  void djangosOwnBackend_takesAConnectionForEachRequest() throws Exception {
    String settings =
        """
        import os
        CACHES = {
            "default": {
                "BACKEND": "django.core.cache.backends.memcached.PyMemcacheCache",
                "LOCATION": os.environ["FLAGSTONE_BOUND_SERVER"],
            }
        }
        """;
    assertThat(connectionsOf100Requests(settings)).isEqualTo(100);
  }
}

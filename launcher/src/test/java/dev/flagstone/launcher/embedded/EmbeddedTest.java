package dev.flagstone.launcher.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstone.config.MemorySize;
import dev.flagstone.launcher.embedded.Roles.OpenPorts;
import dev.flagstone.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process around its roles; the roles themselves are fakes that write down what happens. */
final class EmbeddedTest {

  @TempDir private Path directory;
  private final List<String> events = new CopyOnWriteArrayList<>();

  @Test
  void start_thenStop_runsTheRolesInOrderAndBack() throws Exception {
    Embedded.Running running = start(role("data node"), role("proxy"));
    assertThat(running.addresses().memcacheServer()).isEqualTo("127.0.0.1:1");
    assertThat(running.addresses().boundServer()).isEqualTo("127.0.0.1:2");
    assertThat(Files.readString(running.env().file()))
        .contains("MEMCACHIER_SERVERS=127.0.0.1:1", running.addresses().metricsUrl());
    running.close();
    running.close(); // once is enough
    assertThat(events)
        .containsExactly("start data node", "start proxy", "stop proxy", "stop data node");
  }

  @Test
  void start_sameDirectoryTwice_keepsTheLogin() throws Exception {
    start().close();
    List<String> first = Files.readAllLines(directory.resolve("demo.env"));
    start().close();
    List<String> second = Files.readAllLines(directory.resolve("demo.env"));
    assertThat(second.subList(0, 4)).isEqualTo(first.subList(0, 4));
  }

  @Test
  void start_whileAnotherRuns_isRefusedAndLeavesItAlone() throws Exception {
    Embedded.Running running = start(role("proxy"));
    assertThatThrownBy(() -> start(role("second proxy")))
        .isInstanceOf(StartException.class)
        .hasMessage("another server runs on " + directory + "; choose another with --data");
    assertThatThrownBy(() -> start(role("third proxy"))).isInstanceOf(StartException.class);
    assertThat(events).containsExactly("start proxy");
    running.close();
    start().close();
  }

  @Test
  void start_roleThatFails_stopsWhatHadStartedAndWritesNoEnv() {
    Role failing = role("proxy", Future.failedFuture(new BindException("Address already in use")));
    assertThatThrownBy(() -> start(role("data node"), failing, role("never")))
        .isInstanceOf(StartException.class)
        .hasMessage("the proxy cannot start: its port was taken just now");
    assertThat(events)
        .containsExactly("start data node", "start proxy", "stop proxy", "stop data node");
    assertThat(directory.resolve("demo.env")).doesNotExist();
  }

  @Test
  void start_roleWithoutMemory_saysSo() {
    Role failing = role("data node", Future.failedFuture(new OutOfMemoryError("direct memory")));
    assertThatThrownBy(() -> start(failing))
        .isInstanceOf(StartException.class)
        .hasMessage("the data node cannot start: the memory of --memory cannot be reserved");
  }

  @Test
  void stop_roleThatNeverStops_endsInTime() throws Exception {
    Promise<Void> never = Promise.promise();
    Role stuck =
        new Role() {
          @Override
          public String name() {
            return "proxy";
          }

          @Override
          public Future<?> start() {
            return Future.succeededFuture();
          }

          @Override
          public Future<?> stop() {
            return never.future();
          }
        };
    Embedded.Running running = start(role("data node"), stuck);
    long startedNanos = System.nanoTime();
    running.close();
    long tookMillis = (System.nanoTime() - startedNanos) / 1_000_000;
    assertThat(tookMillis).isBetween(Embedded.STOP_TIMEOUT_MILLIS - 100, 5_000L);
    assertThat(events).contains("stop data node");
  }

  @Test
  void metricsPage_showsTheMetersOfTheProcessAndNothingElse() throws Exception {
    Embedded.Running running = start();
    String url = running.addresses().metricsUrl();
    HttpResponse<String> page = get(url, "GET");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
    assertThat(page.body()).contains("jvm_memory_used_bytes");
    assertThat(get(url.replace("/metrics", "/"), "GET").statusCode()).isEqualTo(404);
    assertThat(get(url, "POST").statusCode()).isEqualTo(405);
    running.close();
  }

  @Test
  void samePortTwice_namesBothOptions() {
    ListenOptions listen = new ListenOptions("127.0.0.1", 4711, "127.0.0.1", 4711, 0);
    assertThatThrownBy(() -> PortCheck.check(listen, SiteConfig.defaults().proxied()))
        .isInstanceOf(StartException.class)
        .hasMessage("--memcache-port and --bound-port are both 4711");
  }

  @Test
  void addressOfAnotherMachine_isNamed() {
    ListenOptions listen = new ListenOptions("192.0.2.1", 0, "127.0.0.1", 0, 0);
    assertThatThrownBy(() -> PortCheck.check(listen, SiteConfig.defaults().proxied()))
        .isInstanceOf(StartException.class)
        .hasMessage("no interface of this machine has the address 192.0.2.1");
  }

  private Embedded.Running start(Role... roles) throws StartException {
    ListenOptions listen = new ListenOptions("127.0.0.1", 0, "127.0.0.1", 0, 0);
    RunOptions options = new RunOptions(directory, new MemorySize(16 << 20), 1, listen);
    Wiring wiring = context -> new Roles(List.of(roles), () -> new OpenPorts(1, 2));
    return Embedded.start(options, wiring, TimeSource.system());
  }

  private Role role(String name) {
    return role(name, Future.succeededFuture());
  }

  private Role role(String name, Future<?> start) {
    return new Role() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Future<?> start() {
        events.add("start " + name);
        return start;
      }

      @Override
      public Future<?> stop() {
        events.add("stop " + name);
        return Future.succeededFuture();
      }
    };
  }

  private static HttpResponse<String> get(String url, String method) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }
}

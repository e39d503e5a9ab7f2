package dev.flagstone.launcher.embedded;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.LongSupplier;

/**
 * The process's meters, and the page on loopback where Prometheus reads them.
 *
 * <p>Vert.x's own metrics are not attached: they count every read, write and bus message, on the
 * path where each request is counted once already.
 */
final class MetricsPage implements AutoCloseable {

  private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
  private static final int IDLE_TIMEOUT_SECONDS = 60;

  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics garbageCollections = new JvmGcMetrics();

  MetricsPage() {
    new JvmMemoryMetrics().bindTo(meters);
    new JvmThreadMetrics().bindTo(meters);
    new ProcessorMetrics().bindTo(meters);
    new UptimeMetrics().bindTo(meters);
    new FileDescriptorMetrics().bindTo(meters);
    garbageCollections.bindTo(meters);
  }

  PrometheusMeterRegistry meters() {
    return meters;
  }

  /** Publishes when the server's certificate expires, in seconds since 1970. */
  void expiry(LongSupplier expirySeconds) {
    Gauge.builder("flagstone.tls.certificate.expiry", expirySeconds, LongSupplier::getAsLong)
        .description("when the first of the server's certificates expires")
        .baseUnit("seconds")
        .strongReference(true)
        .register(meters);
  }

  /** Opens the page on loopback; completes with its port. */
  Future<Integer> open(Vertx vertx, int port) {
    HttpServerOptions options =
        new HttpServerOptions().setIdleTimeout(IDLE_TIMEOUT_SECONDS).setMaxFormAttributeSize(0);
    return vertx
        .createHttpServer(options)
        .requestHandler(request -> answer(vertx, request))
        .listen(port, ListenOptions.LOOPBACK)
        .map(HttpServer::actualPort);
  }

  private void answer(Vertx vertx, HttpServerRequest request) {
    if (!request.path().equals("/metrics")) {
      request.response().setStatusCode(404).end("The metrics are at /metrics\n");
    } else if (!HttpMethod.GET.equals(request.method())) {
      request.response().setStatusCode(405).putHeader("Allow", "GET").end();
    } else {
      // Reading all meters takes milliseconds, which the sockets of an event loop should not wait.
      vertx
          .executeBlocking(meters::scrape, false)
          .onSuccess(page -> request.response().putHeader("Content-Type", CONTENT_TYPE).end(page))
          .onFailure(failure -> request.response().setStatusCode(500).end());
    }
  }

  @Override
  public void close() {
    garbageCollections.close();
    meters.close();
  }
}

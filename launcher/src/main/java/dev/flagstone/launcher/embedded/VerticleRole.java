package dev.flagstone.launcher.embedded;

import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A role that is a verticle on each event loop. */
final class VerticleRole implements Role {

  private final String name;
  private final Vertx vertx;
  private final Supplier<? extends Deployable> verticles;
  private final int instances;
  private @Nullable String deployment;

  VerticleRole(String name, Vertx vertx, Supplier<? extends Deployable> verticles, int instances) {
    this.name = name;
    this.vertx = vertx;
    this.verticles = verticles;
    this.instances = instances;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Future<?> start() {
    return vertx
        .deployVerticle(verticles, new DeploymentOptions().setInstances(instances))
        .onSuccess(id -> deployment = id);
  }

  @Override
  public Future<?> stop() {
    return deployment == null ? Future.succeededFuture() : vertx.undeploy(deployment);
  }
}

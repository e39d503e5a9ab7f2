package dev.flagstone.archfixture.plain.bus;

import io.vertx.core.Vertx;

public final class GoodBus {
  Vertx used1;
}

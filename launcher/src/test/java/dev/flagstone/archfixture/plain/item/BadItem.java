package dev.flagstone.archfixture.plain.item;

import io.vertx.core.Vertx;

public final class BadItem {
  Vertx used1;
}

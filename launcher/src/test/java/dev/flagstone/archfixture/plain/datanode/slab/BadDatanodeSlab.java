package dev.flagstone.archfixture.plain.datanode.slab;

import io.vertx.core.Vertx;

public final class BadDatanodeSlab {
  Vertx used1;
}

package dev.flagstone.archfixture.plain.protocol.text;

import io.vertx.core.Vertx;

public final class BadProtocolText {
  Vertx used1;
}

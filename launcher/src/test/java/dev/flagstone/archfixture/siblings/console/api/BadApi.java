package dev.flagstone.archfixture.siblings.console.api;

import dev.flagstone.archfixture.siblings.proxy.GoodProxy;

public final class BadApi {
  GoodProxy used1;
}

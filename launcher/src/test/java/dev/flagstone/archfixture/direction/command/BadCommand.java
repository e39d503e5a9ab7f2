package dev.flagstone.archfixture.direction.command;

import dev.flagstone.archfixture.direction.proxy.GoodProxy;

public final class BadCommand {
  GoodProxy used1;
}

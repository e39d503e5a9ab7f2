package dev.flagstone.archfixture.direction.launcher;

import dev.flagstone.archfixture.direction.item.GoodItem;
import dev.flagstone.archfixture.direction.proxy.GoodProxy;

public final class GoodLauncher {
  GoodProxy used1;
  GoodItem used2;
}

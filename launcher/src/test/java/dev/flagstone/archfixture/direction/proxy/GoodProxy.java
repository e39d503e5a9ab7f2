package dev.flagstone.archfixture.direction.proxy;

import dev.flagstone.archfixture.direction.item.GoodItem;

public final class GoodProxy {
  GoodItem used1;
}

package dev.flagstone.archfixture.slab.datanode.slab;

import dev.flagstone.archfixture.slab.item.GoodItem;

public final class BadItemUser {
  GoodItem used1;
}

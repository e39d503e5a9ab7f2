package dev.flagstone.archfixture.store.datanode.store;

import dev.flagstone.archfixture.store.datanode.slab.GoodPage;
import dev.flagstone.archfixture.store.item.GoodItem;
import dev.flagstone.archfixture.store.time.GoodTime;

public final class GoodStore {
  GoodPage used1;
  GoodItem used2;
  GoodTime used3;
}

package dev.flagstone.archfixture.slab.datanode.slab;

import dev.flagstone.archfixture.slab.datanode.store.GoodStore;

public final class BadStoreUser {
  GoodStore used1;
}

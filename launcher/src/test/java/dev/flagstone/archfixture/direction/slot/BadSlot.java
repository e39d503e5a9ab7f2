package dev.flagstone.archfixture.direction.slot;

import dev.flagstone.archfixture.direction.datanode.store.GoodStore;

public final class BadSlot {
  GoodStore used1;
}

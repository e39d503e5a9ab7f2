package dev.flagstone.archfixture.store.datanode.store;

import dev.flagstone.archfixture.store.bus.GoodBatch;

public final class BadBusUser {
  GoodBatch used1;
}

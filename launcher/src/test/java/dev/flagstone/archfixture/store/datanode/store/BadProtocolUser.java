package dev.flagstone.archfixture.store.datanode.store;

import dev.flagstone.archfixture.store.protocol.GoodDecoder;

public final class BadProtocolUser {
  GoodDecoder used1;
}

package dev.flagstone.archfixture.codecs.protocol.meta;

import dev.flagstone.archfixture.codecs.protocol.GoodShared;

public final class GoodMeta {
  GoodShared used1;
}

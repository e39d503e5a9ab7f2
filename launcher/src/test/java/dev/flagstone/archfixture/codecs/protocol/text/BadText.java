package dev.flagstone.archfixture.codecs.protocol.text;

import dev.flagstone.archfixture.codecs.protocol.meta.GoodMeta;

public final class BadText {
  GoodMeta used1;
}

package dev.flagstone.archfixture.codecs.protocol.text;

import dev.flagstone.archfixture.codecs.protocol.GoodShared;

public final class GoodText {
  GoodShared used1;
}

package dev.flagstone.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProtocolDetectorTest {

  @Test
  void everyFirstByte_isTextUnlessItIsTheBinaryMagic() {
    for (int b = 0; b < 256; b++) {
      assertThat(ProtocolDetector.detect((byte) b))
          .isEqualTo(b == 0x80 ? Protocol.BINARY : Protocol.TEXT);
    }
  }
}

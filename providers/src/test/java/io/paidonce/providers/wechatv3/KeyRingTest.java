package io.paidonce.providers.wechatv3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** An id has one normal form, or none. */
class KeyRingTest {

  @Test
  void aSerialIsANumber() {
    assertThat(KeyRing.normalised("00ab")).hasValue("AB");
    assertThat(KeyRing.normalised("0".repeat(99) + "F".repeat(64))).hasValue("F".repeat(64));
  }

  @Test
  void aPublicKeyIdIsATextOfItsOwn() {
    assertThat(KeyRing.normalised("PUB_KEY_ID_0a")).hasValue("PUB_KEY_ID_0a");
  }

  @Test
  void whatIsNeitherHasNoForm() {
    for (String id :
        List.of(
            "",
            "0x1",
            "F".repeat(65),
            "PUB_KEY_ID_",
            "PUB_KEY_ID_1\n",
            "PUB_KEY_ID_" + "1".repeat(65))) {
      assertThat(KeyRing.normalised(id)).as(id).isEmpty();
    }
  }
}

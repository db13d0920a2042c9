package io.paidonce.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paidonce.contract.RawBytes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A mistake of the caller's is told to the caller: it never looks like the provider's content. */
class CallbackRequestTest {

  @Test
  void aDeliveryIdThatNoRecordTakesIsTheCallersMistake() {
    for (String id : List.of("", " ", "x".repeat(65), "a\nb", "a\u0085")) {
      assertThatThrownBy(() -> request(id))
          .as(id)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("deliveryId must be 1 to 64 characters")
          .hasMessageEndingWith("it has " + id.length());
    }
  }

  @Test
  void theLongestDeliveryIdIsTaken() {
    assertThat(request("x".repeat(64)).deliveryId()).hasSize(64);
  }

  private static CallbackRequest request(String deliveryId) {
    return new CallbackRequest(Map.of(), RawBytes.of(new byte[0]), Callbacks.NOW, deliveryId);
  }
}

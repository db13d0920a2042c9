package io.paidonce.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paidonce.contract.Answer;
import io.paidonce.contract.Evidence;
import io.paidonce.contract.RawBytes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the registry promises, and what no outcome can say. */
class ProtocolsTest {

  @Test
  void whatIsAskedIsListenedToInTheSameConfiguration() {
    assertThat(Protocols.asked()).isNotEmpty();
    for (ApiProtocol<?, ?> asked : Protocols.asked()) {
      assertThat(Protocols.byId(asked.id()).map(CallbackProtocol::configType))
          .isEqualTo(Optional.of(asked.configType()));
    }
  }

  @Test
  void bothProtocolsOfWechatPayAreOneProvider() {
    assertThat(Protocols.byId("wechat-v2").map(CallbackProtocol::provider))
        .isEqualTo(Protocols.byId("wechat-v3").map(CallbackProtocol::provider));
  }

  @ParameterizedTest
  @EnumSource(Standing.class)
  void aFactIsToldAndNeverObserved(Standing standing) {
    Evidence evidence = new Evidence("key", Map.of(), RawBytes.of(new byte[0]));
    if (standing.answer().isPresent()) {
      assertThat(new Outcome.Observed(standing, true, evidence).standing()).isEqualTo(standing);
    } else {
      assertThatThrownBy(() -> new Outcome.Observed(standing, true, evidence))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new Outcome.Told(standing, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void onlyClosedIsClosedAndOnlyNotFoundIsNotFound() {
    for (Standing standing : Standing.values()) {
      assertThat(standing.answer().equals(Optional.of(Answer.CLOSED)))
          .isEqualTo(standing == Standing.CLOSED);
      assertThat(standing.answer().equals(Optional.of(Answer.NOT_FOUND)))
          .isEqualTo(standing == Standing.NOT_FOUND);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb"})
  void anAttemptThatCouldNotBeRecordedIsNotMade(String deliveryId) {
    assertThatThrownBy(() -> new Ask(deliveryId, Callbacks.NOW, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package io.paidonce.reconciler.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.InputKind;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class FollowedTest {

  private static final TopicPartition ONE = new TopicPartition("order-inputs", 1);
  private static final TopicPartition TWO = new TopicPartition("order-inputs", 2);

  private final List<String> left = new ArrayList<>();
  private final Followed followed = new Followed(2, (partition, order) -> left.add(order));

  @Test
  void whatBeganBeforeIsPassedOver() {
    assertThat(followed.takes(ONE, "a", InputKind.SHIP_REQUESTED)).isFalse();
    assertThat(followed.takes(ONE, "a", InputKind.DEADLINE_DUE)).isFalse();
    assertThat(followed.takes(ONE, "a", InputKind.PAYMENT_SUCCEEDED)).isTrue();
    assertThat(followed.takes(ONE, "a", InputKind.SHIP_REQUESTED)).isTrue();
  }

  @Test
  void theOneThatChangedLongestAgoIsLeftFirst() {
    followed.takes(ONE, "a", InputKind.ORDER_PLACED);
    followed.takes(ONE, "b", InputKind.ORDER_PLACED);
    followed.takes(ONE, "a", InputKind.PAYMENT_SUCCEEDED);
    followed.takes(TWO, "c", InputKind.ORDER_PLACED);
    assertThat(left).containsExactly("b");
    assertThat(followed.size()).isEqualTo(2);
    assertThat(followed.takes(ONE, "b", InputKind.SHIP_REQUESTED)).isFalse();
  }

  @Test
  void aPartitionThatMovesTakesItsOrdersAlong() {
    followed.takes(ONE, "a", InputKind.ORDER_PLACED);
    followed.takes(TWO, "b", InputKind.ORDER_PLACED);
    followed.leave(ONE);
    assertThat(followed.takes(ONE, "a", InputKind.SHIP_REQUESTED)).isFalse();
    assertThat(followed.takes(TWO, "b", InputKind.SHIP_REQUESTED)).isTrue();
    assertThat(left).isEmpty();
  }
}

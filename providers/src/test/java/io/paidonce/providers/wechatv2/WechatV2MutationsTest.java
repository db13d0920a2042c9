package io.paidonce.providers.wechatv2;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.PaymentNotification;
import io.paidonce.providers.Account;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.Callbacks;
import io.paidonce.providers.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** Whatever is done to an answer on its way, it never says anything else, and nothing breaks. */
class WechatV2MutationsTest {

  private static final long SEED = 20260131L;
  private static final int MUTATIONS = 5_000;
  private static final String INSERTED = "<>/&;![]-?='\" \n\0xml0";

  @Test
  void noMutationOfAnAnswerTellsAnotherFact() {
    Random random = new Random(SEED);
    Account account = WechatV2Fixture.account();
    List<SortedMap<String, String>> answers =
        List.of(WechatV2Answers.paid("SUCCESS"), WechatV2Answers.refund("SUCCESS"));
    int believed = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      CallbackRequest good =
          Callbacks.received(WechatV2Fixture.signer().answer(answers.get(i % answers.size())));
      byte[] mutated = good.body().bytes();
      for (int times = 1 + random.nextInt(3); times > 0; times--) {
        mutated = mutated(mutated, random);
      }
      Verdict verdict = account.receiveAnswer(Callbacks.withBody(good, mutated));
      if (verdict instanceof Verdict.Authentic authentic) {
        believed++;
        PaymentNotification told = authentic.notifications().get(0);
        PaymentNotification unchanged =
            ((Verdict.Authentic) account.receiveAnswer(good)).notifications().get(0);
        assertThat(told.orderNo())
            .as("mutation %s of seed %s", i, SEED)
            .isEqualTo(unchanged.orderNo());
        assertThat(told.payment()).isEqualTo(unchanged.payment());
        assertThat(told.refund()).isEqualTo(unchanged.refund());
      }
    }
    // White space between two fields, and an end of CDATA that meets its own beginning.
    assertThat(believed).isLessThan(MUTATIONS / 20);
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    if (bytes.length < 2) {
      return bytes;
    }
    int at = random.nextInt(bytes.length);
    byte[] copy = bytes.clone();
    switch (random.nextInt(6)) {
      case 0 -> copy[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> copy[at] = (byte) random.nextInt(256);
      case 2 -> copy = Arrays.copyOf(bytes, at);
      case 3 -> {
        int length = Math.min(1 + random.nextInt(40), bytes.length - at);
        copy = Arrays.copyOf(bytes, bytes.length + length);
        System.arraycopy(bytes, at, copy, at + length, bytes.length - at);
      }
      case 4 -> {
        copy = Arrays.copyOf(bytes, bytes.length + 1);
        System.arraycopy(bytes, at, copy, at + 1, bytes.length - at);
        copy[at] = (byte) INSERTED.charAt(random.nextInt(INSERTED.length()));
      }
      default -> {
        int other = random.nextInt(bytes.length);
        copy[at] = bytes[other];
        copy[other] = bytes[at];
      }
    }
    return copy;
  }
}

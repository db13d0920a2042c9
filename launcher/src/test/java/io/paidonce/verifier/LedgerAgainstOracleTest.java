package io.paidonce.verifier;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.Answer;
import io.paidonce.contract.DoublePayment;
import io.paidonce.contract.ExceptionCase;
import io.paidonce.contract.InputKind;
import io.paidonce.contract.LatePayment;
import io.paidonce.contract.Money;
import io.paidonce.contract.Observation;
import io.paidonce.contract.OnDeadline;
import io.paidonce.contract.OrderCancelled;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderEvent;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.OrderPaid;
import io.paidonce.contract.OrderRefunded;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.PaymentPolicy;
import io.paidonce.contract.ProviderAccount;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.Witness;
import io.paidonce.ledger.Asking;
import io.paidonce.ledger.Decision;
import io.paidonce.ledger.Ledgers;
import io.paidonce.ledger.OrderLedger;
import io.paidonce.providers.EvidenceCheck;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Two who were told the same rules and share no code must agree: what the ledger makes of a history
 * the checker finds right, and what is then spoiled it finds wrong.
 */
class LedgerAgainstOracleTest {

  private static final OrderKey ORDER = new OrderKey("s1", "o1");
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final long DUE = 1200;
  private static final int HISTORIES = 15_000;
  private static final long SEED = 20260131;

  @ParameterizedTest
  @CsvSource({
    "false, REVIEW, NONE",
    "false, REOPEN, NONE",
    "false, REFUND, NONE",
    "true, REVIEW, NONE",
    "true, REOPEN, NONE",
    "true, REFUND, NONE",
    "false, REVIEW, LOCAL",
    "false, REOPEN, LOCAL",
    "false, REFUND, LOCAL",
    "true, REVIEW, LOCAL",
    "true, REOPEN, LOCAL",
    "true, REFUND, LOCAL",
    "false, REVIEW, PROVIDER",
    "false, REOPEN, PROVIDER",
    "false, REFUND, PROVIDER",
    "true, REVIEW, PROVIDER",
    "true, REFUND, PROVIDER"
  })
  void theyAgreeOnRandomHistories(boolean partialPayments, LatePayment late, OnDeadline then) {
    PaymentPolicy policy =
        new PaymentPolicy(
            partialPayments,
            late,
            900,
            then,
            late == LatePayment.REFUND ? DoublePayment.REFUND : DoublePayment.REVIEW,
            then == OnDeadline.PROVIDER ? ACCOUNTS : null,
            null);
    List<OrderInput> alphabet = alphabet(policy);
    Random random = new Random(SEED);
    int said = 0;
    for (int i = 0; i < HISTORIES; i++) {
      List<OrderInput> history = new ArrayList<>(alphabet);
      Collections.shuffle(history, random);
      history = history.subList(0, 1 + random.nextInt(alphabet.size() / 2));
      // Half of them begin as orders do, so that most of what follows is about money.
      if (random.nextBoolean()) {
        history = new ArrayList<>(history);
        history.remove(alphabet.get(0));
        history.add(0, alphabet.get(0));
      }
      Findings findings = new Findings();
      said += new Story(findings).play(history);
      assertThat(findings.sentences())
          .as(() -> "seed " + SEED + ", " + policy)
          .describedAs("%s", names(history))
          .isEmpty();
    }
    assertThat(said).as("records that were compared").isGreaterThan(HISTORIES);
  }

  private static final List<ProviderAccount> ACCOUNTS =
      List.of(new ProviderAccount("alipay", "a1"), new ProviderAccount("wechat", "a1"));
  private static final RecordCoordinates RECORD =
      new RecordCoordinates(Topics.ORDER_INPUTS.name(), 0, 1);

  /** One history, as the topics would show it. */
  private static final class Story implements Log {
    private static final Map<Class<?>, Topic<?>> TOPICS =
        Map.of(
            OrderTransition.class,
            Topics.ORDER_TRANSITIONS,
            OrderPaid.class,
            Topics.ORDER_PAID,
            OrderCancelled.class,
            Topics.ORDER_CANCELLED,
            OrderRefunded.class,
            Topics.ORDER_REFUNDED,
            ExceptionCase.class,
            Topics.PAYMENT_EXCEPTIONS,
            ProviderRequest.class,
            Topics.PROVIDER_REQUESTS);

    private final Findings findings;
    private final List<OrderEvent> events = new ArrayList<>();
    private final List<ExceptionCase> cases = new ArrayList<>();
    private final List<ProviderRequest> requests = new ArrayList<>();

    Story(Findings findings) {
      this.findings = findings;
    }

    @Override
    public Map<Integer, Long> begins(Topic<?> topic) {
      return Map.of();
    }

    /** Returns how many records there were. */
    int play(List<OrderInput> history) {
      Facts facts = new Facts(EvidenceCheck.of(List.of()), null, findings);
      OrderFile file = facts.order(ORDER);
      OrderLedger ledger = OrderLedger.unknown(ORDER);
      for (OrderInput input : history) {
        file(file, input);
        Decision decision = Ledgers.apply(ledger, input);
        if (decision instanceof Decision.Advance advance) {
          ledger = advance.after();
          events.add(advance.transition());
          advance.paid().ifPresent(events::add);
          advance.cancelled().ifPresent(events::add);
          advance.refunded().ifPresent(events::add);
          cases.addAll(advance.cases());
          requests.addAll(advance.requests());
        } else if (decision instanceof Decision.Refuse refuse) {
          cases.add(refuse.opened());
        }
      }
      Outputs outputs = new Outputs(facts, findings);
      outputs.read(this);
      new OrderCheck(findings).check(file, outputs.open().getOrDefault(ORDER, Map.of()), outputs);
      return events.size() + cases.size() + requests.size();
    }

    private static void file(OrderFile file, OrderInput input) {
      Tally tally = new Tally("a test", input.inputId(), input.source());
      if (input.command() != null) {
        file.add(Command.of(input.command()));
      } else if (input.payment() != null) {
        TransactionFile transaction = new TransactionFile(input.payment().transaction(), tally);
        transaction.verified(Payment.of(input.payment()), ORDER);
        file.add(transaction);
      } else if (input.observation() != null) {
        file.add(input.observation());
      } else if (input.refund() != null) {
        RefundFile refund = new RefundFile(tally);
        refund.verified(Refund.of(input.refund()), ORDER);
        file.add(refund);
      }
    }

    @Override
    @SuppressWarnings("unchecked")
    public <V> void read(Topic<V> topic, @Nullable Function<V, String> keyOf, Visitor<V> visitor) {
      List<Object> all = new ArrayList<>(events);
      all.addAll(cases);
      all.addAll(requests);
      long offset = 0;
      for (Object one : all) {
        if (topic.equals(TOPICS.get(one.getClass()))) {
          visitor.record(new RecordCoordinates(topic.name(), 0, offset++), (V) one);
        }
      }
    }
  }

  private static List<OrderInput> alphabet(PaymentPolicy policy) {
    boolean parts = policy.partialPayments();
    List<OrderInput> inputs = new ArrayList<>();
    inputs.add(command(OrderCommand.place(ORDER, Money.of(DUE, "CNY"), policy, "p1", "shop", NOW)));
    inputs.add(command(OrderCommand.place(ORDER, Money.of(DUE, "CNY"), policy, "p2", "shop", NOW)));
    inputs.add(
        command(
            OrderCommand.place(ORDER, Money.of(DUE + 1, "CNY"), "p3", "shop", NOW).expecting(0)));
    inputs.add(command(OrderCommand.cancel(ORDER, "c1", "shop", NOW)));
    inputs.add(command(OrderCommand.cancel(ORDER, "c2", "shop", NOW).expecting(2)));
    inputs.add(command(OrderCommand.ship(ORDER, "s1", "shop", NOW)));
    inputs.add(command(OrderCommand.ship(ORDER, "s2", "shop", NOW)));
    inputs.add(command(OrderCommand.complete(ORDER, "d1", "shop", NOW)));
    for (String id :
        List.of(
            "DOUBLE_PAYMENT/s1:o1/alipay:a1:t2",
            "LATE_PAYMENT/s1:o1/wechat:a1:t1",
            "OVERPAYMENT/s1:o1/order",
            "UNDERPAID/s1:o1/order",
            "UNKNOWN_ORDER/s1:o1/wechat:a1:t1")) {
      inputs.add(command(OrderCommand.resolve(ORDER, id, "looked into it", "r" + id, "ann", NOW)));
    }
    inputs.add(
        command(
            OrderCommand.resolve(ORDER, "COMMAND_REFUSED/s1:o1/s1", "typo", "r9", "ann", NOW)
                .havingSeen(1)));
    inputs.add(paid("wechat", "t1", parts ? 700 : DUE, "CNY", "payee"));
    inputs.add(paid("alipay", "t2", parts ? 600 : DUE, "CNY", "payee"));
    inputs.add(paid("wechat", "t3", parts ? DUE : 900, "CNY", "payee"));
    inputs.add(paid("wechat", "t4", DUE, "USD", "payee"));
    inputs.add(paid("wechat", "t5", DUE, "CNY", "another"));
    inputs.add(refund("wechat", "t1", "r1", RefundOutcome.SUCCEEDED, 300L, null));
    inputs.add(
        refund("wechat", "t1", "r2", RefundOutcome.SUCCEEDED, parts ? 400L : DUE - 300, null));
    inputs.add(refund("wechat", "t1", "r2", RefundOutcome.CLOSED, 400L, null));
    inputs.add(refund("wechat", "t1", "r3", RefundOutcome.ABNORMAL, 5L, null));
    inputs.add(refund("alipay", "t2", "FULL", RefundOutcome.SUCCEEDED, null, 250L));
    inputs.add(refund("alipay", "t2", "FULL", RefundOutcome.SUCCEEDED, null, parts ? 600L : DUE));
    inputs.add(refund("wechat", "t3", "r4", RefundOutcome.SUCCEEDED, DUE, null));
    Observation unpaid = new Observation("wechat", "a1", "q1", 1, Answer.UNPAID, NOW);
    inputs.add(input("q1", InputKind.OBSERVED_UNPAID, null, null, null, unpaid));
    if (policy.payableAt() != null) {
      inputs.addAll(closing());
    }
    inputs.add(
        input("due", InputKind.DEADLINE_DUE, null, null, null, null)
            .payable(NOW.plusSeconds(900), null, List.of()));
    return inputs;
  }

  private static OrderInput command(OrderCommand command) {
    InputKind kind =
        switch (command.kind()) {
          case PLACE -> InputKind.ORDER_PLACED;
          case CANCEL -> InputKind.CANCEL_REQUESTED;
          case SHIP -> InputKind.SHIP_REQUESTED;
          case COMPLETE -> InputKind.COMPLETE_REQUESTED;
          case RESOLVE -> InputKind.RESOLVE_REQUESTED;
        };
    OrderInput input = input(command.commandId(), kind, null, null, command, null);
    OnDeadline then = command.policyOrDefault().onDeadline();
    List<ProviderAccount> accounts = command.policyOrDefault().payableAt();
    return then == null
        ? input
        : input.payable(NOW.plusSeconds(900), then, accounts == null ? List.of() : accounts);
  }

  /** What may come of asking: each answer once, whenever its attempt was. */
  private static List<OrderInput> closing() {
    List<OrderInput> inputs = new ArrayList<>();
    for (ProviderAccount account : ACCOUNTS) {
      inputs.add(answered(account, 1, Answer.UNPAID));
      inputs.add(answered(account, 2, Answer.CLOSED));
    }
    inputs.add(answered(ACCOUNTS.get(1), 3, Answer.NOT_FOUND));
    inputs.add(answered(ACCOUNTS.get(1), 4, Answer.TOLD));
    for (int minutes : List.of(1, 20, 40)) {
      OrderInput ask = Asking.due(ORDER, NOW, NOW.plusSeconds(60L * minutes), RECORD);
      inputs.add(ask);
    }
    return inputs;
  }

  private static OrderInput answered(ProviderAccount account, int attempt, Answer answer) {
    String request = "close/" + ORDER + "/" + account;
    Observation said =
        new Observation(
            account.provider(),
            account.account(),
            request,
            attempt,
            answer,
            NOW.plusSeconds(attempt));
    return input(request + ":" + attempt, InputKind.of(answer), null, null, null, said);
  }

  private static OrderInput paid(
      String provider, String transaction, long amount, String currency, String payee) {
    PaymentFact fact =
        new PaymentFact(
            provider,
            "a1",
            transaction,
            amount,
            currency,
            payee,
            "payee",
            NOW,
            // Late enough for every history: one that is folded after the deadline was received so.
            NOW.plusSeconds(1_000),
            Witness.CALLBACK);
    return input(transaction, InputKind.PAYMENT_SUCCEEDED, fact, null, null, null);
  }

  private static OrderInput refund(
      String provider,
      String transaction,
      String refundId,
      RefundOutcome outcome,
      @Nullable Long amount,
      @Nullable Long total) {
    RefundFact fact =
        new RefundFact(
            provider,
            "a1",
            transaction,
            refundId,
            null,
            outcome,
            amount,
            total,
            null,
            "CNY",
            NOW,
            NOW,
            Witness.CALLBACK);
    InputKind kind =
        switch (outcome) {
          case SUCCEEDED -> InputKind.REFUND_SUCCEEDED;
          case ABNORMAL -> InputKind.REFUND_ABNORMAL;
          case CLOSED -> InputKind.REFUND_CLOSED;
        };
    return input(transaction + refundId + outcome + total, kind, null, fact, null, null);
  }

  private static OrderInput input(
      String id,
      InputKind kind,
      @Nullable PaymentFact payment,
      @Nullable RefundFact refund,
      @Nullable OrderCommand command,
      @Nullable Observation observation) {
    return new OrderInput(
        OrderInput.SCHEMA,
        id,
        kind,
        ORDER.shop(),
        ORDER.orderNo(),
        NOW,
        new RecordCoordinates(Topics.ORDER_INPUTS.name(), 0, id.hashCode() & 0xFFFF),
        payment,
        refund,
        command,
        observation);
  }

  private static List<String> names(List<OrderInput> history) {
    List<String> names = new ArrayList<>();
    history.forEach(input -> names.add(input.kind() + " " + requireNonNull(input.inputId())));
    return names;
  }
}

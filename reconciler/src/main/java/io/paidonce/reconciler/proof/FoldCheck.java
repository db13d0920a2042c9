package io.paidonce.reconciler.proof;

import io.paidonce.contract.InputKind;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topics;
import io.paidonce.ledger.Decision;
import io.paidonce.ledger.Intake;
import io.paidonce.ledger.Ledgers;
import io.paidonce.ledger.OrderLedger;
import io.paidonce.ledger.Reception;
import io.paidonce.ledger.TimeToPay;
import io.paidonce.reconciler.proof.Contents.Kept;
import io.paidonce.reconciler.replay.FieldDifferences;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Whether inputs follow from what was received, and the order's changes from the inputs. */
final class FoldCheck {

  private final Bundle bundle;
  private final Contents contents;
  private final Findings findings;

  FoldCheck(Bundle bundle, Contents contents, Findings findings) {
    this.bundle = bundle;
    this.contents = contents;
    this.findings = findings;
  }

  void check() {
    List<Kept<OrderInput>> inputs = new ArrayList<>(contents.inputs.values());
    inputs.sort(Comparator.comparingLong(input -> input.at().offset()));
    inputs.forEach(this::follows);
    List<Kept<OrderTransition>> transitions = new ArrayList<>(contents.transitions.values());
    transitions.sort(Comparator.comparingLong(kept -> kept.value().version()));
    if (!bundle.missing().isEmpty()) {
      bundle.missing().forEach(gone -> findings.untold.add(gone + " is not in the bundle"));
      findings.untold.add("without all inputs the order can't be folded again");
      return;
    }
    if (transitions.isEmpty()) {
      findings.faults.add("no change of the order is in the bundle");
    }
    compare(fold(inputs), transitions);
  }

  private void follows(Kept<OrderInput> kept) {
    OrderInput input = kept.value();
    RecordCoordinates source = input.source();
    Kept<PaymentNotification> told = contents.notifications.get(source);
    Kept<OrderCommand> asked = contents.commands.get(source);
    Optional<OrderInput> made = Optional.empty();
    if (told != null) {
      made = first(Intake.receive(null, told.value(), source));
    } else if (asked != null) {
      Instant taken = Instant.ofEpochMilli(asked.record().head().appendedMs());
      made = first(Intake.receive(null, asked.value(), TimeToPay.DEFAULT, taken, source));
    } else if (isOfOurClock(kept)) {
      findings.limits.add(kept.at() + ": that " + input.kind() + " was due, our own clock said");
      return;
    } else if (bundle.missing().stream().noneMatch(gone -> gone.startsWith(source + ","))) {
      findings.faults.add(kept.at() + ": its source " + source + " is not in the bundle");
      return;
    }
    if (made.isPresent() && !made.get().asOfSource().equals(input.asOfSource())) {
      findings.faults.add(kept.at() + " says something else than its source " + source);
    } else if (made.isEmpty() && (told != null || asked != null)) {
      findings.faults.add(kept.at() + ": nothing follows from its source " + source);
    }
  }

  private static boolean isOfOurClock(Kept<OrderInput> kept) {
    InputKind kind = kept.value().kind();
    RecordCoordinates source = kept.value().source();
    return (kind == InputKind.DEADLINE_DUE || kind == InputKind.ASK_DUE)
        && source.topic().equals(kept.at().topic())
        && source.partition() == kept.at().partition()
        && source.offset() < kept.at().offset();
  }

  private static Optional<OrderInput> first(Reception<?> reception) {
    return reception instanceof Reception.First<?> first
        ? Optional.of(first.input())
        : Optional.empty();
  }

  private List<OrderTransition> fold(List<Kept<OrderInput>> inputs) {
    List<OrderTransition> made = new ArrayList<>();
    OrderLedger state = OrderLedger.unknown(bundle.order());
    for (Kept<OrderInput> input : inputs) {
      try {
        if (Ledgers.apply(state, input.value()) instanceof Decision.Advance advance) {
          state = advance.after();
          made.add(advance.transition());
        }
      } catch (RuntimeException e) {
        findings.faults.add(
            input.at() + " can't be folded: " + e.getClass().getSimpleName() + " in the ledger");
      }
    }
    return made;
  }

  private void compare(List<OrderTransition> made, List<Kept<OrderTransition>> stored) {
    long same = 0;
    for (int i = 0; i < Math.max(made.size(), stored.size()); i++) {
      if (i >= stored.size()) {
        findings.faults.add(
            "the inputs make a version " + made.get(i).version() + ", and no record tells of it");
      } else if (i >= made.size()) {
        findings.faults.add(
            stored.get(i).at() + ": the inputs make no version " + stored.get(i).value().version());
      } else if (isSame(made.get(i), stored.get(i))) {
        same++;
      }
    }
    findings.holds(contents.inputs.size(), "inputs, in the order of their offsets");
    findings.holds(same, "changes of the order follow from them, byte by byte");
  }

  private boolean isSame(OrderTransition made, Kept<OrderTransition> stored) {
    byte[] again = Topics.ORDER_TRANSITIONS.json().write(made);
    byte[] bytes = stored.record().value().bytes();
    if (Arrays.equals(again, bytes)) {
      return true;
    }
    if (stored.value().schema() < OrderTransition.SCHEMA) {
      findings.untold.add(
          stored.at() + " is of layout " + stored.value().schema() + ", older than this build's");
      return false;
    }
    String fields = FieldDifferences.of(again, bytes);
    findings.faults.add(
        stored.at() + ": " + (fields.isEmpty() ? "it is written otherwise" : fields));
    return false;
  }
}

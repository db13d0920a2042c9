package io.paidonce.reconciler.proof;

import java.util.ArrayList;
import java.util.List;

/**
 * What a check of a bundle comes to, in sentences.
 *
 * @param order whose bundle it is; empty where it can't be told
 * @param seal stands for every byte; empty where the bytes are not those that were written
 * @param holds what was checked and is so
 * @param limits what is so by somebody's word, and by nothing in the bundle
 * @param untold what could not be checked: it counts neither way
 * @param faults what is not so
 */
public record ProofReport(
    String order,
    String seal,
    List<String> holds,
    List<String> limits,
    List<String> untold,
    List<String> faults) {

  /** What the exit code says. */
  public enum Outcome {
    HOLDS,
    FAILS,
    /** What could be checked holds, and not all could be. */
    UNTOLD
  }

  public ProofReport {
    holds = List.copyOf(holds);
    limits = List.copyOf(limits);
    untold = List.copyOf(untold);
    faults = List.copyOf(faults);
  }

  static ProofReport unreadable(String why) {
    return new ProofReport("", "", List.of(), List.of(), List.of(), List.of(why));
  }

  public Outcome outcome() {
    if (!faults.isEmpty()) {
      return Outcome.FAILS;
    }
    return untold.isEmpty() ? Outcome.HOLDS : Outcome.UNTOLD;
  }

  /** For a person at a terminal. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (!order.isEmpty()) {
      lines.add("order " + order);
    }
    add(lines, "holds", holds);
    add(lines, "by word only", limits);
    add(lines, "can't be told", untold);
    add(lines, "FAILS", faults);
    if (!seal.isEmpty()) {
      lines.add("seal " + seal);
    }
    lines.add(
        switch (outcome()) {
          case HOLDS -> "The bundle holds.";
          case FAILS -> "The bundle does not hold.";
          case UNTOLD ->
              "What can be checked holds; what can't be told is above, and counts neither way.";
        });
    return lines;
  }

  private static void add(List<String> lines, String title, List<String> sentences) {
    sentences.forEach(sentence -> lines.add(String.format("%-14s %s", title, sentence)));
  }
}

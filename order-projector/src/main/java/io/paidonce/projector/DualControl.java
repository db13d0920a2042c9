package io.paidonce.projector;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.paidonce.contract.OrderKey;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which actions need two people: one who proposes and another who approves.
 *
 * @param approveWithin a proposal that nobody approved by then expires
 * @param rules an action that any of them covers needs two
 */
public record DualControl(Duration approveWithin, List<Rule> rules) {

  /** Nothing needs two people. */
  public static final DualControl OFF = new DualControl(Duration.ofMinutes(60), List.of());

  private static final int LONGEST_MINUTES = 7 * 24 * 60;

  /**
   * One rule; what it does not name it covers all of.
   *
   * @param actions absent for all
   * @param shops absent for all, and for dead letters that belong to none
   * @param currency given with {@code fromAmountMinor}: orders in it, and those whose amount nobody
   *     knows
   * @param fromAmountMinor due or received, minor units
   */
  public record Rule(
      @Nullable List<OperatorAction> actions,
      @Nullable List<String> shops,
      @Nullable String currency,
      @Nullable Long fromAmountMinor) {

    public Rule {
      actions = actions == null ? null : List.copyOf(actions);
      shops = shops == null ? null : List.copyOf(shops);
      if ((actions != null && actions.isEmpty()) || (shops != null && shops.isEmpty())) {
        throw new IllegalArgumentException(
            "actions or shops is empty, which covers nothing; leave it out to cover all");
      }
      if ((currency == null) != (fromAmountMinor == null)
          || (fromAmountMinor != null && fromAmountMinor < 0)) {
        throw new IllegalArgumentException(
            "currency and fromAmountMinor, 0 or more, are given together or not at all");
      }
    }

    private boolean covers(OperatorAction action, Target target) {
      return (actions == null || actions.contains(action))
          && coversShop(target.order())
          && coversAmount(target);
    }

    private boolean coversShop(@Nullable OrderKey order) {
      return shops == null || (order != null && shops.contains(order.shop()));
    }

    // What nobody can judge needs the second pair of eyes.
    private boolean coversAmount(Target target) {
      if (currency == null || fromAmountMinor == null || target.amounts().isEmpty()) {
        return true;
      }
      Long amount = target.amounts().get(currency);
      return amount != null && amount >= fromAmountMinor;
    }
  }

  public DualControl {
    rules = List.copyOf(rules);
  }

  @JsonCreator
  static DualControl bind(
      @JsonProperty("approveWithinMinutes") @Nullable Integer approveWithinMinutes,
      @JsonProperty("rules") @Nullable List<Rule> rules) {
    int minutes =
        approveWithinMinutes == null ? (int) OFF.approveWithin.toMinutes() : approveWithinMinutes;
    if (minutes < 1 || minutes > LONGEST_MINUTES) {
      throw new IllegalArgumentException(
          "approveWithinMinutes is " + minutes + "; it must be from 1 to " + LONGEST_MINUTES);
    }
    if (rules == null || rules.isEmpty()) {
      throw new IllegalArgumentException(
          "rules is empty; give at least one, or leave dualControl out");
    }
    return new DualControl(Duration.ofMinutes(minutes), rules);
  }

  boolean needsTwo(OperatorAction action, Target target) {
    return rules.stream().anyMatch(rule -> rule.covers(action, target));
  }
}

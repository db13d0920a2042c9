package io.paidonce.contract;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Several orders that one payment pays together, as their provider knows them. It can be asked
 * about, and told to take no money, only for all of them at once; asked about one of them alone it
 * says that there is no such order.
 *
 * @param account in whose name they were combined (combine_mchid)
 * @param number what the provider knows them by (combine_out_trade_no), at most 64 characters
 * @param appid the application in whose name they were combined (combine_appid)
 * @param orders all of them, as the provider was told when they were combined
 */
public record Combination(
    ProviderAccount account, String number, String appid, List<SubOrder> orders) {

  /** The most orders that one payment pays. */
  public static final int MOST_ORDERS = 50;

  public Combination {
    requireNonNull(account, "account");
    Text.required(number, "number", 64);
    Text.required(appid, "appid", 64);
    // Sorted, so that which is listed first makes no difference.
    orders =
        requireNonNull(orders, "orders").stream()
            .sorted(Comparator.comparing(SubOrder::orderNo))
            .toList();
    if (orders.isEmpty() || orders.size() > MOST_ORDERS) {
      throw new IllegalArgumentException(
          "orders must name 1 to " + MOST_ORDERS + " orders: " + orders.size());
    }
    Set<String> seen = new HashSet<>();
    for (SubOrder order : orders) {
      if (!seen.add(order.orderNo())) {
        throw new IllegalArgumentException("orders names " + order.orderNo() + " twice");
      }
    }
  }

  /** Whether it pays this order too. */
  public boolean pays(String orderNo) {
    return orders.stream().anyMatch(order -> order.orderNo().equals(orderNo));
  }
}

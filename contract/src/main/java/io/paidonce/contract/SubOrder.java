package io.paidonce.contract;

/**
 * One of several orders that are paid together.
 *
 * @param merchant the account that is paid (mchid), at most 64 characters
 * @param orderNo the shop's number of it (out_trade_no), at most 64 characters
 */
public record SubOrder(String merchant, String orderNo) {

  public SubOrder {
    Text.required(merchant, "merchant", 64);
    Text.required(orderNo, "orderNo", 64);
  }
}

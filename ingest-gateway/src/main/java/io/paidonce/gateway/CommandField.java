package io.paidonce.gateway;

import java.util.List;

/**
 * One field of a command's body: what the reader accepts and what the API's description says are
 * the same table.
 *
 * @param type of JSON Schema
 * @param about one sentence with bounds and units
 */
record CommandField(String name, String type, boolean required, String about) {

  static final CommandField POLICY =
      new CommandField("policy", "object", false, "How its shop takes money for this order.");

  static final List<CommandField> OF_PLACE =
      List.of(
          new CommandField("shop", "string", true, "Who owns the order: a configured shop."),
          new CommandField(
              "orderNo", "string", true, "The shop's number of it, 1 to 128 characters."),
          new CommandField("amountDueMinor", "integer", true, "What is due, in minor units."),
          new CommandField("currency", "string", true, "ISO 4217 code, such as CNY."),
          POLICY);

  static final List<CommandField> OF_POLICY =
      List.of(
          new CommandField(
              "partialPayments", "boolean", false, "Whether several payments may pay it together."),
          new CommandField(
              "latePayment",
              "string",
              false,
              "REVIEW, REOPEN or REFUND: money after a cancellation."),
          new CommandField(
              "payWithinSeconds", "integer", false, "How long it may be paid, 300 to 7776000."),
          new CommandField(
              "onDeadline", "string", false, "NONE, LOCAL or PROVIDER: what becomes of it then."),
          new CommandField(
              "doublePayment", "string", false, "REVIEW or REFUND: what becomes of a second one."),
          new CommandField(
              "payableAt", "array", false, "Accounts such as wechat:1900000001, at most 20."));

  static final List<CommandField> OF_CHANGE =
      List.of(
          new CommandField(
              "expectedVersion",
              "integer",
              false,
              "The order's version that was decided upon: at another one it is refused."),
          new CommandField("reason", "string", false, "Why, for the audit, 1000 characters."));

  static List<CommandField> of(OrderAction action) {
    return action == OrderAction.PLACE ? OF_PLACE : OF_CHANGE;
  }
}

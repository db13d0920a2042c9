package io.paidonce.providers.wechatv3;

import com.fasterxml.jackson.databind.JsonNode;
import io.paidonce.contract.Money;
import io.paidonce.providers.StrictJson;
import io.paidonce.providers.UnreadableContentException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A decrypted resource that says what became of several orders paid at once. There is no state and
 * no total of the whole: each sub order speaks for itself.
 */
final class CombinedPayment {

  // One callback must not become records without bound.
  private static final int MOST_SUB_ORDERS = 50;

  private CombinedPayment() {}

  /** Whether it is one, of whatever state. */
  static boolean isTold(Envelope envelope, JsonNode resource) {
    return Transaction.isTransaction(envelope) && resource.has("combine_out_trade_no");
  }

  /** One payment for each sub order that went through; where none did, nothing that we know. */
  static List<Statement> statements(JsonNode resource, Hearing hearing)
      throws UnreadableContentException {
    List<Statement> statements = new ArrayList<>();
    for (JsonNode subOrder : subOrders(resource)) {
      if (Transaction.isSuccess(subOrder)) {
        statements.add(paid(subOrder, resource, hearing));
      }
    }
    return statements.isEmpty() ? List.of(Statement.unrecognised(resource)) : statements;
  }

  /** Its sub orders, no two of them alike. */
  static List<JsonNode> subOrders(JsonNode resource) throws UnreadableContentException {
    StrictJson.text(resource, "combine_out_trade_no");
    StrictJson.text(resource, "combine_mchid");
    List<JsonNode> subOrders = StrictJson.objects(resource, "sub_orders", MOST_SUB_ORDERS);
    refuseRepeated(subOrders, "out_trade_no");
    refuseRepeated(subOrders, "transaction_id");
    return subOrders;
  }

  /** The fact of a sub order that was paid. */
  static Statement paid(JsonNode subOrder, JsonNode resource, Hearing hearing)
      throws UnreadableContentException {
    String orderNo = StrictJson.text(subOrder, "out_trade_no");
    // Other names than a single payment's; payer_amount is less where a coupon paid a share.
    Money money = Amounts.of(StrictJson.object(subOrder, "amount"), "total_amount");
    Payee payee = Payee.ofSubOrder(subOrder, resource, hearing.config());
    return Statement.paid(orderNo, Transaction.fact(subOrder, money, payee, hearing));
  }

  // Two sub orders of one number would be one order paid twice, or one transaction with two
  // amounts, and which came first would be our invention.
  private static void refuseRepeated(List<JsonNode> subOrders, String field)
      throws UnreadableContentException {
    Set<String> seen = new HashSet<>();
    for (JsonNode subOrder : subOrders) {
      String value = subOrder.path(field).asText("");
      if (!value.isBlank() && !seen.add(value)) {
        throw new UnreadableContentException("sub_orders: two of them have the same " + field);
      }
    }
  }
}

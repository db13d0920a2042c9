package io.paidonce.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.paidonce.contract.DoublePayment;
import io.paidonce.contract.LatePayment;
import io.paidonce.contract.Money;
import io.paidonce.contract.OnDeadline;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.PaymentPolicy;
import io.paidonce.contract.ProviderAccount;
import io.paidonce.providers.AccountChecks;
import io.paidonce.providers.StrictJson;
import io.paidonce.providers.UnreadableContentException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes a command of a request, or says which field keeps it from being one. Nothing is guessed: an
 * unknown field may be a misspelt policy, and an amount in quotes a unit that somebody mistook.
 */
final class CommandReader {

  private static final String BODY = "the body";

  private CommandReader() {}

  /**
   * Reads one.
   *
   * @param actor who sends it, for the audit
   * @param commandId chosen by the sender
   * @throws UnreadableContentException naming the field
   */
  static OrderCommand read(
      OrderRoute route, byte[] body, String commandId, String actor, Instant now)
      throws UnreadableContentException {
    // A change needs no words.
    boolean silent = body.length == 0 && route.action() != OrderAction.PLACE;
    JsonNode content = StrictJson.object(silent ? new byte[] {'{', '}'} : body, BODY);
    onlyKnown(content, CommandField.of(route.action()), "");
    try {
      return switch (route.action()) {
        case PLACE ->
            OrderCommand.place(
                new OrderKey(StrictJson.text(content, "shop"), StrictJson.text(content, "orderNo")),
                new Money(
                    StrictJson.positive(content, "amountDueMinor"),
                    StrictJson.text(content, "currency")),
                policy(content.path(CommandField.POLICY.name())),
                commandId,
                actor,
                now);
        case SHIP -> changed(OrderCommand.ship(order(route), commandId, actor, now), content);
        case COMPLETE ->
            changed(OrderCommand.complete(order(route), commandId, actor, now), content);
        case CANCEL -> changed(OrderCommand.cancel(order(route), commandId, actor, now), content);
      };
    } catch (IllegalArgumentException e) {
      // What a record of the contract refuses names its field.
      throw UnreadableContentException.of(e);
    }
  }

  private static OrderKey order(OrderRoute route) {
    return new OrderKey(String.valueOf(route.shop()), String.valueOf(route.orderNo()));
  }

  private static OrderCommand changed(OrderCommand command, JsonNode content)
      throws UnreadableContentException {
    OrderCommand changed = command;
    if (present(content, "expectedVersion")) {
      changed = changed.expecting(wholeNumber(content, "expectedVersion", "", Long.MAX_VALUE));
    }
    String reason = StrictJson.optionalText(content, "reason");
    return reason == null ? changed : changed.because(reason);
  }

  private static PaymentPolicy policy(JsonNode policy) throws UnreadableContentException {
    if (policy.isMissingNode() || policy.isNull()) {
      return PaymentPolicy.DEFAULT;
    }
    if (!policy.isObject()) {
      throw new UnreadableContentException("policy is not a JSON object");
    }
    onlyKnown(policy, CommandField.OF_POLICY, "policy.");
    LatePayment late = oneOf(LatePayment.class, policy, "latePayment");
    DoublePayment twice = oneOf(DoublePayment.class, policy, "doublePayment");
    return new PaymentPolicy(
        flag(policy, "partialPayments"),
        late == null ? LatePayment.REVIEW : late,
        present(policy, "payWithinSeconds")
            ? (Integer) (int) wholeNumber(policy, "payWithinSeconds", "policy.", Integer.MAX_VALUE)
            : null,
        oneOf(OnDeadline.class, policy, "onDeadline"),
        twice == null ? DoublePayment.REVIEW : twice,
        accounts(policy.path("payableAt")),
        // Orders that are paid together are placed by those who combined them, through Kafka.
        null);
  }

  private static @Nullable List<ProviderAccount> accounts(JsonNode list)
      throws UnreadableContentException {
    if (list.isMissingNode() || list.isNull()) {
      return null;
    }
    if (!list.isArray() || list.size() > PaymentPolicy.MOST_ACCOUNTS) {
      throw new UnreadableContentException(
          "policy.payableAt is not a JSON list of at most "
              + PaymentPolicy.MOST_ACCOUNTS
              + " accounts");
    }
    List<ProviderAccount> accounts = new ArrayList<>();
    for (JsonNode name : list) {
      if (!name.isTextual()) {
        throw new UnreadableContentException("policy.payableAt holds something that is no text");
      }
      accounts.add(ProviderAccount.parse(name.textValue()));
    }
    return accounts;
  }

  private static boolean flag(JsonNode parent, String field) throws UnreadableContentException {
    if (!present(parent, field)) {
      return false;
    }
    if (!parent.path(field).isBoolean()) {
      throw new UnreadableContentException("policy." + field + " is not true or false");
    }
    return parent.path(field).booleanValue();
  }

  private static <E extends Enum<E>> @Nullable E oneOf(Class<E> type, JsonNode parent, String field)
      throws UnreadableContentException {
    if (!present(parent, field)) {
      return null;
    }
    for (E value : type.getEnumConstants()) {
      if (value.name().equals(parent.path(field).textValue())) {
        return value;
      }
    }
    throw new UnreadableContentException(
        "policy."
            + field
            + " is not one of "
            + Arrays.stream(type.getEnumConstants())
                .map(Enum::name)
                .collect(Collectors.joining(", ")));
  }

  private static long wholeNumber(JsonNode parent, String field, String place, long most)
      throws UnreadableContentException {
    JsonNode number = parent.path(field);
    if (!number.isIntegralNumber()
        || !number.canConvertToLong()
        || number.longValue() < 0
        || number.longValue() > most) {
      throw new UnreadableContentException(
          place + field + " is not a whole number from 0 to " + most);
    }
    return number.longValue();
  }

  private static boolean present(JsonNode parent, String field) {
    JsonNode value = parent.path(field);
    return !value.isMissingNode() && !value.isNull();
  }

  private static void onlyKnown(JsonNode content, List<CommandField> fields, String place)
      throws UnreadableContentException {
    for (String name : (Iterable<String>) content::fieldNames) {
      if (fields.stream().noneMatch(field -> field.name().equals(name))) {
        throw new UnreadableContentException(
            place
                + AccountChecks.shown(name)
                + " is no field here; known are "
                + fields.stream().map(CommandField::name).collect(Collectors.joining(", ")));
      }
    }
  }
}

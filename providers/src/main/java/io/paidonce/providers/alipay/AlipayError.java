package io.paidonce.providers.alipay;

import com.fasterxml.jackson.databind.JsonNode;
import io.paidonce.contract.Evidence;
import io.paidonce.providers.ApiReply;
import io.paidonce.providers.Doubt;
import io.paidonce.providers.Outcome;
import io.paidonce.providers.Outcome.Observed;
import io.paidonce.providers.Outcome.Refused;
import io.paidonce.providers.Outcome.Unknown;
import io.paidonce.providers.Refusal;
import io.paidonce.providers.RetryAfter;
import io.paidonce.providers.Standing;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an answer that is no success says. Business errors are signed; errors of the gateway itself
 * may not be, and then they are hints.
 */
final class AlipayError {

  private static final int OK = 200;
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private AlipayError() {}

  /** Of an answer outside 200, where the provider sends everything. */
  static Outcome ofStatus(ApiReply.Answered answered) {
    int status = answered.status();
    Doubt why =
        status == 429
            ? Doubt.THROTTLED
            : status >= 500 ? Doubt.SERVER_ERROR : Doubt.UNEXPECTED_STATUS;
    return new Unknown(why, "HTTP " + status, RetryAfter.of(answered).orElse(null));
  }

  /**
   * Of a signed one.
   *
   * @param named whether it names what was asked for
   */
  static Outcome signed(
      JsonNode content, boolean named, Evidence evidence, @Nullable Duration retryAfter) {
    Outcome outcome = outcome(content, true, retryAfter);
    return outcome instanceof Refused refused && refused.why() == Refusal.NOT_FOUND
        ? new Observed(Standing.NOT_FOUND, named, evidence)
        : outcome;
  }

  static Outcome unsigned(JsonNode content, @Nullable Duration retryAfter) {
    return outcome(content, false, retryAfter);
  }

  private static Outcome outcome(JsonNode content, boolean signed, @Nullable Duration retryAfter) {
    String code = printable(content, "code");
    String subCode = printable(content, "sub_code");
    String said = subCode.isEmpty() ? code : subCode;
    if (subCode.endsWith("call-limited")) {
      return new Unknown(Doubt.THROTTLED, said, retryAfter);
    }
    // 20000: the gateway does not know itself; the other: the service behind it does not.
    if (code.equals("20000") || subCode.endsWith("SYSTEM_ERROR")) {
      return new Unknown(Doubt.SERVER_ERROR, said, retryAfter);
    }
    if (said.isEmpty()) {
      return new Unknown(Doubt.UNREADABLE, "the answer holds no code");
    }
    return new Refused(refusal(code, subCode), signed, OK, said);
  }

  private static Refusal refusal(String code, String subCode) {
    return switch (subCode) {
      case "ACQ.TRADE_NOT_EXIST" -> Refusal.NOT_FOUND;
      case "ACQ.TRADE_STATUS_ERROR", "ACQ.REASON_TRADE_STATUS_INVALID" -> Refusal.WRONG_STATE;
      case "ACQ.TRADE_HAS_SUCCESS" -> Refusal.ALREADY_PAID;
      case "ACQ.TRADE_HAS_CLOSE" -> Refusal.ALREADY_CLOSED;
      case "ACQ.SELLER_BALANCE_NOT_ENOUGH" -> Refusal.NOT_ENOUGH_FUNDS;
      case "isv.invalid-signature", "isv.invalid-app-id" -> Refusal.NOT_PERMITTED;
      default ->
          code.equals("40006") || code.equals("20001") ? Refusal.NOT_PERMITTED : Refusal.OTHER;
    };
  }

  private static String printable(JsonNode content, String field) {
    String text = content.path(field).asText("");
    return CODE.matcher(text).matches() ? text : "";
  }
}

package io.paidonce.providers.wechatv3;

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
import io.paidonce.providers.StrictJson;
import io.paidonce.providers.UnreadableContentException;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an answer outside 2xx says. It names no order even where it is signed, and often it is not
 * signed: then it is a hint, whatever it says.
 */
final class ErrorAnswer {

  // The provider's pages and libraries spell it in several ways. MCH_NOT_EXISTS has the same status
  // and says nothing of the order.
  private static final Pattern NOT_FOUND = Pattern.compile("(ORDER|RESOURCE|REFUND)_?NOT_?EXISTS?");
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
  private static final Set<String> THROTTLED =
      Set.of("FREQUENCY_LIMITED", "FREQUENCY_LIMIT_EXCEED", "RATELIMIT_EXCEEDED");

  private ErrorAnswer() {}

  /**
   * Of an answer outside 2xx.
   *
   * @param evidence present where it is signed
   */
  static Outcome outcome(ApiReply.Answered answer, @Nullable Evidence evidence) {
    String code = code(answer.body().bytes());
    int status = answer.status();
    String said = "HTTP " + status + (code.isEmpty() ? " without a code" : " " + code);
    @Nullable Duration retryAfter = RetryAfter.of(answer).orElse(null);
    if (status == 429 || THROTTLED.contains(code)) {
      return new Unknown(Doubt.THROTTLED, said, retryAfter);
    }
    if (status >= 500) {
      return new Unknown(Doubt.SERVER_ERROR, said, retryAfter);
    }
    if (status < 400 || code.isEmpty()) {
      // A redirect, or a page of something between us and the provider.
      return new Unknown(Doubt.UNEXPECTED_STATUS, said, retryAfter);
    }
    Refusal refusal = refusal(status, code);
    return refusal == Refusal.NOT_FOUND && evidence != null
        ? new Observed(Standing.NOT_FOUND, false, evidence)
        : new Refused(refusal, evidence != null, status, code);
  }

  private static Refusal refusal(int status, String code) {
    if (status == 404 && NOT_FOUND.matcher(code).matches()) {
      return Refusal.NOT_FOUND;
    }
    return switch (code) {
      case "ORDER_PAID", "ORDERPAID" -> Refusal.ALREADY_PAID;
      case "ORDER_CLOSED", "ORDERCLOSED" -> Refusal.ALREADY_CLOSED;
      case "NOT_ENOUGH" -> Refusal.NOT_ENOUGH_FUNDS;
      case "SIGN_ERROR", "NO_AUTH" -> Refusal.NOT_PERMITTED;
      default -> status == 401 || status == 403 ? Refusal.NOT_PERMITTED : Refusal.OTHER;
    };
  }

  private static String code(byte[] body) {
    try {
      @Nullable String code = StrictJson.optionalText(StrictJson.object(body, "the error"), "code");
      return code != null && CODE.matcher(code).matches() ? code : "";
    } catch (UnreadableContentException e) {
      return "";
    }
  }
}

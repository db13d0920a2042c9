package io.paidonce.providers.wechatv2;

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
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an answer that is no success says. Some errors come unsigned: then they are hints, whatever
 * they say, and never that nobody paid.
 */
final class ErrorAnswer {

  private static final int OK = 200;
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
  // The provider's pages and libraries spell it in several ways.
  private static final Pattern NOT_FOUND = Pattern.compile("(ORDER|REFUND)_?NOT_?EXISTS?");
  private static final Set<String> THROTTLED =
      Set.of("FREQUENCY_LIMITED", "FREQUENCY_LIMIT_EXCEED", "RATELIMIT_EXCEEDED");
  private static final Set<String> FAILED =
      Set.of("SYSTEMERROR", "SYSTEM_ERROR", "BANKERROR", "BIZERR_NEED_RETRY");
  // A message that did not arrive in order has no code; this is the text of its pages.
  private static final Set<String> BAD_SIGNATURE = Set.of("签名失败", "签名错误");

  private ErrorAnswer() {}

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
   * @param transported whether its {@code return_code} is SUCCESS
   * @param named whether it names the order
   */
  static Outcome signed(
      XmlFields fields,
      boolean transported,
      boolean named,
      Evidence evidence,
      @Nullable Duration retryAfter) {
    Outcome outcome = outcome(fields, transported, true, retryAfter);
    return outcome instanceof Refused refused && refused.why() == Refusal.NOT_FOUND
        ? new Observed(Standing.NOT_FOUND, named, evidence)
        : outcome;
  }

  /** Of one without any signature, which is an error as far as it says. */
  static Outcome unsigned(XmlFields fields, @Nullable Duration retryAfter) {
    String transport = field(fields, "return_code");
    if (transport.equals("FAIL")
        || (transport.equals("SUCCESS") && field(fields, "result_code").equals("FAIL"))) {
      return outcome(fields, transport.equals("SUCCESS"), false, retryAfter);
    }
    return new Unknown(
        Doubt.UNVERIFIED, "the answer does not say that it failed, and nobody signed it");
  }

  private static Outcome outcome(
      XmlFields fields, boolean transported, boolean signed, @Nullable Duration retryAfter) {
    if (!transported) {
      return BAD_SIGNATURE.contains(field(fields, "return_msg"))
          ? new Refused(Refusal.NOT_PERMITTED, signed, OK, "FAIL")
          : new Unknown(
              Doubt.SERVER_ERROR, "return_code is not SUCCESS, and no code says why", retryAfter);
    }
    String code = field(fields, "err_code");
    if (!CODE.matcher(code).matches()) {
      return new Unknown(Doubt.UNREADABLE, "the answer says that it failed and holds no err_code");
    }
    if (THROTTLED.contains(code)) {
      return new Unknown(Doubt.THROTTLED, code, retryAfter);
    }
    if (FAILED.contains(code)) {
      return new Unknown(Doubt.SERVER_ERROR, code, retryAfter);
    }
    return new Refused(refusal(code), signed, OK, code);
  }

  private static Refusal refusal(String code) {
    if (NOT_FOUND.matcher(code).matches()) {
      return Refusal.NOT_FOUND;
    }
    return switch (code) {
      case "ORDERPAID", "ORDER_PAID" -> Refusal.ALREADY_PAID;
      case "ORDERCLOSED", "ORDER_CLOSED" -> Refusal.ALREADY_CLOSED;
      case "SIGNERROR",
          "SIGN_ERROR",
          "NOAUTH",
          "NO_AUTH",
          "APPID_NOT_EXIST",
          "MCHID_NOT_EXIST",
          "APPID_MCHID_NOT_MATCH" ->
          Refusal.NOT_PERMITTED;
      default -> Refusal.OTHER;
    };
  }

  private static String field(XmlFields fields, String name) {
    return fields.byName().getOrDefault(name, "");
  }
}

package io.paidonce.providers.wechatv2;

import io.paidonce.contract.Money;
import io.paidonce.providers.UnreadableContentException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fields whose origin was established as far as it can be, and the one way to read them. */
final class Message {

  private static final String SUCCESS = "SUCCESS";
  private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
  private static final DateTimeFormatter PAID_AT = time("uuuuMMddHHmmss");
  private static final DateTimeFormatter REFUNDED_AT = time("uuuu-MM-dd HH:mm:ss");
  private static final Pattern AMOUNT = Pattern.compile("[1-9][0-9]{0,17}");
  private static final Pattern READ =
      Pattern.compile(
          "appid|err_code|fee_type|mch_id|out_refund_no|out_trade_no|refund_fee|refund_id"
              + "|refund_status|result_code|return_code|return_msg|sub_appid|sub_mch_id"
              + "|success_time|time_end|total_fee|trade_state|transaction_id"
              + "|(out_refund_no|refund_id|refund_fee|refund_status|refund_success_time)_[0-9]+");

  private final XmlFields fields;

  private Message(XmlFields fields) {
    this.fields = fields;
  }

  /**
   * The message of fields whose signature held.
   *
   * @throws UnreadableContentException where the signed text can be cut into fields in two ways
   */
  static Message of(SignatureCheck.Good verified) throws UnreadableContentException {
    refuseAmbiguity(verified.fields());
    return new Message(verified.fields());
  }

  /** The message of fields that nobody signs. They were not joined, so they have one reading. */
  static Message unsigned(XmlFields fields) {
    return new Message(fields);
  }

  /** Whether the message arrived in order; it says nothing of the order. */
  boolean isTransported() throws UnreadableContentException {
    return required("return_code").equals(SUCCESS);
  }

  /** Whether what was asked for was done; only with {@link #isTransported}. */
  boolean isSuccess() throws UnreadableContentException {
    return isTransported() && required("result_code").equals(SUCCESS);
  }

  /** A text with more than white space in it; empty where there is none. */
  Optional<String> text(String name) {
    if (!READ.matcher(name).matches()) {
      throw new IllegalStateException(name + " is not among the fields that are read");
    }
    return Optional.ofNullable(fields.byName().get(name)).filter(text -> !text.isBlank());
  }

  String required(String name) throws UnreadableContentException {
    return text(name)
        .orElseThrow(() -> new UnreadableContentException(name + " is missing or blank"));
  }

  /** An amount in fen; its currency is CNY where none is stated. */
  Money positive(String name) throws UnreadableContentException {
    String fen = required(name);
    if (!AMOUNT.matcher(fen).matches() || Long.parseLong(fen) > Money.MAX_AMOUNT_MINOR) {
      throw new UnreadableContentException(
          name + " is not a whole number of fen from 1 to " + Money.MAX_AMOUNT_MINOR);
    }
    try {
      return Money.of(Long.parseLong(fen), text("fee_type").orElse("CNY"));
    } catch (IllegalArgumentException e) {
      throw new UnreadableContentException("fee_type is not an ISO 4217 code");
    }
  }

  @Nullable Instant paidAt() throws UnreadableContentException {
    return time("time_end", PAID_AT);
  }

  @Nullable Instant refundedAt(int number) throws UnreadableContentException {
    return time("refund_success_time_" + number, REFUNDED_AT);
  }

  /** Of a refund's notice. */
  @Nullable Instant refundedAt() throws UnreadableContentException {
    return time("success_time", REFUNDED_AT);
  }

  private @Nullable Instant time(String name, DateTimeFormatter format)
      throws UnreadableContentException {
    String text = text(name).orElse(null);
    if (text == null) {
      return null;
    }
    try {
      // Years have four digits; the JDK's parser knows signed and longer ones.
      if (Character.isDigit(text.charAt(0))) {
        return LocalDateTime.parse(text, format).toInstant(BEIJING);
      }
    } catch (DateTimeException e) {
      // Said below.
    }
    throw new UnreadableContentException(name + " is not a time as the provider writes it");
  }

  private static DateTimeFormatter time(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  // The signed text joins values as they are, so a value (an attach that holds "&total_fee=1", say)
  // could be cut off there by anyone who sends the message on. A forged cut leaves the true field
  // inside another value; a true message with such a value looks alike. A field that the true
  // message lacks could still be cut out of a free text (attach, device_info) unseen, where no
  // field that is read stands between the two: names are sorted. Such are err_code, which is not
  // read where a message says success, and fee_type behind device_info, which could turn a payment
  // into one of another currency and so into an exception, but never into more money.
  private static void refuseAmbiguity(XmlFields fields) throws UnreadableContentException {
    for (var field : fields.byName().entrySet()) {
      String[] pieces = field.getValue().split("&", -1);
      for (int i = 1; i < pieces.length; i++) {
        int equals = pieces[i].indexOf('=');
        if (equals > 0 && READ.matcher(pieces[i].substring(0, equals)).matches()) {
          throw new UnreadableContentException(
              field.getKey()
                  + " holds the text of another field (&"
                  + pieces[i].substring(0, equals)
                  + "=), so that the signed content can be read in two ways");
        }
      }
    }
  }
}

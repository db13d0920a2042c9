package io.paidonce.simulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.paidonce.contract.Money;
import io.paidonce.contract.RawBytes;
import io.paidonce.providers.CallbackSigner.PaidNotice;
import io.paidonce.providers.SignedCallback;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes a signed callback wrong, in ways that a verifier must notice. */
public final class Tampering {

  private static final String WECHAT_SIGNATURE = "Wechatpay-Signature";
  private static final Pattern ALIPAY_AMOUNT = Pattern.compile("(^|&)total_amount=[0-9.]+");

  private Tampering() {}

  /**
   * Signs a notice and disguises it.
   *
   * @throws IllegalArgumentException if this notice can't be made wrong in that way
   */
  public static SignedCallback sign(
      SimulatedAccount account, Notice notice, Disguise disguise, Instant sentAt) {
    SignedCallback good = notice.signed(account.signer(), sentAt);
    PaidNotice payment = notice.payment();
    return switch (disguise) {
      case NONE -> good;
      case FLIPPED_BYTE -> withBody(good, flipOneDigit(good.body().bytes(), seedOf(payment)));
      case ALTERED_AMOUNT -> alterAmount(account, payment, good, sentAt);
      case PROBE -> probe(account, good, seedOf(payment));
    };
  }

  /**
   * Changes one digit that carries meaning. Not every byte does: Base64 ignores the last bits of a
   * signature, and the letters of a percent escape may be of either case.
   */
  static byte[] flipOneDigit(byte[] body, long seed) {
    String text = new String(body, ISO_8859_1);
    int signature = text.startsWith("sign=") ? 0 : text.indexOf("&sign=") + 1;
    int signatureEnd = text.startsWith("sign=", signature) ? text.indexOf('&', signature) : -1;
    List<Integer> candidates = new ArrayList<>();
    for (int i = 0; i < body.length; i++) {
      boolean escaped = (i > 0 && body[i - 1] == '%') || (i > 1 && body[i - 2] == '%');
      boolean signs =
          text.startsWith("sign=", signature)
              && i >= signature
              && (signatureEnd < 0 || i < signatureEnd);
      if (body[i] >= '0' && body[i] <= '9' && !escaped && !signs) {
        candidates.add(i);
      }
    }
    if (candidates.isEmpty()) {
      throw new IllegalStateException("a body of " + body.length + " bytes holds no digit");
    }
    byte[] flipped = body.clone();
    int at = candidates.get(new Random(seed).nextInt(candidates.size()));
    flipped[at] ^= 1;
    return flipped;
  }

  private static SignedCallback alterAmount(
      SimulatedAccount account, PaidNotice notice, SignedCallback good, Instant sentAt) {
    return switch (account.dialect()) {
      // The amount is inside the ciphertext: the best a forger can do is another notice's body.
      case WECHAT_V3 ->
          withBody(good, account.signer().payment(withAmount(notice, 1), sentAt).body().bytes());
      case ALIPAY -> {
        Matcher amount = ALIPAY_AMOUNT.matcher(new String(good.body().bytes(), ISO_8859_1));
        if (!amount.find()) {
          throw new IllegalStateException("an Alipay notice without total_amount");
        }
        yield withBody(good, amount.replaceFirst("$1total_amount=0.01").getBytes(ISO_8859_1));
      }
      case HMAC, WECHAT_V2 -> withBody(good, withOtherAmount(notice, good.body().bytes()));
    };
  }

  // In minor or in major units, whichever the source writes.
  private static byte[] withOtherAmount(PaidNotice notice, byte[] body) {
    String text = new String(body, ISO_8859_1);
    String minor = Long.toString(notice.amountMinor());
    String major = Money.of(notice.amountMinor(), notice.currency()).major();
    String altered = text.contains(major) ? text.replace(major, "0.01") : text.replace(minor, "1");
    if (altered.equals(text)) {
      throw new IllegalArgumentException(
          "this notice does not state what was paid; change another byte of it instead");
    }
    return altered.getBytes(ISO_8859_1);
  }

  private static SignedCallback probe(SimulatedAccount account, SignedCallback good, long seed) {
    if (account.dialect() != Dialect.WECHAT_V3) {
      throw new IllegalArgumentException("only WeChat Pay's v3 callbacks are probes at times");
    }
    byte[] noise = new byte[200];
    new Random(seed).nextBytes(noise);
    Map<String, String> headers = new HashMap<>(good.headers());
    headers.put(
        WECHAT_SIGNATURE, "WECHATPAY/SIGNTEST/" + Base64.getEncoder().encodeToString(noise));
    return new SignedCallback(headers, good.body());
  }

  private static PaidNotice withAmount(PaidNotice notice, long amountMinor) {
    return new PaidNotice(
        notice.notificationId(),
        notice.transactionId(),
        notice.orderNo(),
        amountMinor,
        notice.currency(),
        notice.paidAt());
  }

  private static SignedCallback withBody(SignedCallback callback, byte[] body) {
    return new SignedCallback(callback.headers(), RawBytes.of(body));
  }

  private static long seedOf(PaidNotice notice) {
    return ByteBuffer.wrap(notice.transactionId().getBytes(ISO_8859_1)).hashCode();
  }
}

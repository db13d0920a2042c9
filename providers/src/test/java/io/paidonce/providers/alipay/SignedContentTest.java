package io.paidonce.providers.alipay;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * The sample of the provider's page on asynchronous notification, with a signature of ours: the key
 * to its own is not published.
 */
class SignedContentTest {

  private static final String FORM =
      "total_amount=2.00&buyer_id=2088102116773037&body=%E5%A4%A7%E4%B9%90%E9%80%8F2.1"
          + "&trade_no=2016071921001003030200089909&refund_fee=0.00"
          + "&notify_time=2016-07-19+14%3A10%3A49&subject=%E5%A4%A7%E4%B9%90%E9%80%8F2.1"
          + "&sign_type=RSA2&charset=utf-8&notify_type=trade_status_sync"
          + "&out_trade_no=0719141034-6418&gmt_close=2016-07-19+14%3A10%3A46"
          + "&gmt_payment=2016-07-19+14%3A10%3A47&trade_status=TRADE_SUCCESS&version=1.0"
          + "&sign=c2ln%2BbmF0dXJl&app_id=2015102700040153"
          + "&seller_id=2088102119685838&notify_id=4a91b7a78a503640467525113fb7d8bg8e";

  private static final String CONTENT =
      "app_id=2015102700040153&body=大乐透2.1&buyer_id=2088102116773037&charset=utf-8"
          + "&gmt_close=2016-07-19 14:10:46&gmt_payment=2016-07-19 14:10:47"
          + "&notify_id=4a91b7a78a503640467525113fb7d8bg8e&notify_time=2016-07-19 14:10:49"
          + "&notify_type=trade_status_sync&out_trade_no=0719141034-6418&refund_fee=0.00"
          + "&seller_id=2088102119685838&subject=大乐透2.1&total_amount=2.00"
          + "&trade_no=2016071921001003030200089909&trade_status=TRADE_SUCCESS&version=1.0";

  @Test
  void thePublishedContentIsWhatWeVerify() throws Exception {
    FormBody form = FormBody.parse(FORM.getBytes(US_ASCII));
    assertThat(new String(SignedContent.withoutBlanks(form.parameters()), UTF_8))
        .isEqualTo(CONTENT);
    assertThat(new String(SignedContent.withBlanks(form.parameters()), UTF_8)).isEqualTo(CONTENT);
  }

  @Test
  void readingTheContentTakesNothingOutOfTheForm() throws Exception {
    FormBody form = FormBody.parse(FORM.getBytes(US_ASCII));
    byte[] once = SignedContent.withoutBlanks(form.parameters());
    assertThat(SignedContent.withoutBlanks(form.parameters())).isEqualTo(once);
    assertThat(form.text("sign")).isEqualTo("c2ln+bmF0dXJl");
  }

  @Test
  void thePublishedPaymentIsNoRefund() throws Exception {
    AlipayNotice notice = AlipayNotice.of(FormBody.parse(FORM.getBytes(US_ASCII)));
    assertThat(notice.isPaid()).isTrue();
    assertThat(notice.isRefund()).isFalse();
  }

  @Test
  void blanksAreSkippedOrKept() throws Exception {
    FormBody form = FormBody.parse("b=&a=1&c=+".getBytes(US_ASCII));
    assertThat(new String(SignedContent.withoutBlanks(form.parameters()), UTF_8)).isEqualTo("a=1");
    assertThat(new String(SignedContent.withBlanks(form.parameters()), UTF_8))
        .isEqualTo("a=1&b=&c= ");
  }

  @Test
  void anEmptyBodyIsAnEmptyForm() throws Exception {
    assertThat(FormBody.parse(new byte[0]).parameters()).isEmpty();
  }
}

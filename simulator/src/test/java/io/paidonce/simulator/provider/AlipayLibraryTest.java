package io.paidonce.simulator.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alipay.api.AlipayApiException;
import com.alipay.api.AlipayClient;
import com.alipay.api.AlipayResponse;
import com.alipay.api.CertAlipayRequest;
import com.alipay.api.DefaultAlipayClient;
import com.alipay.api.domain.AlipayTradeCloseModel;
import com.alipay.api.domain.AlipayTradeFastpayRefundQueryModel;
import com.alipay.api.domain.AlipayTradeQueryModel;
import com.alipay.api.domain.AlipayTradeRefundModel;
import com.alipay.api.request.AlipayTradeCloseRequest;
import com.alipay.api.request.AlipayTradeFastpayRefundQueryRequest;
import com.alipay.api.request.AlipayTradeQueryRequest;
import com.alipay.api.request.AlipayTradeRefundRequest;
import com.alipay.api.response.AlipayTradeFastpayRefundQueryResponse;
import com.alipay.api.response.AlipayTradeQueryResponse;
import com.alipay.api.response.AlipayTradeRefundResponse;
import io.paidonce.providers.KeyText;
import io.paidonce.simulator.Dialect;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Alipay's own library against the simulated provider, for the same reason as WeChat Pay's. */
class AlipayLibraryTest {

  private static final ScriptedFaults FAULTS = new ScriptedFaults();
  private static final TradeBook BOOK = PlayedAccounts.book(Dialect.ALIPAY, InstantSource.system());

  private static final String CERTIFIED_APP_ID = "2021000000000002";
  private static final TradeBook CERTIFIED_BOOK =
      new TradeBook(InstantSource.system(), Dialect.ALIPAY, CERTIFIED_APP_ID);
  private static final String ROOT = certificate(PlayedAccounts.STRANGER.getPublic(), "01", "Root");
  private static final String APPLICATION_CERTIFICATE =
      certificate(PlayedAccounts.OWN.getPublic(), "02", "Application");
  private static final String ALIPAY_CERTIFICATE =
      certificate(PlayedAccounts.PROVIDER.getPublic(), "03", "Alipay");

  private static ProviderServer server;

  @BeforeAll
  static void start() {
    server =
        ProviderServer.start(
            new ProviderDesk(InstantSource.system(), FAULTS)
                .admit(PlayedAccounts.application(BOOK))
                .admit(
                    new AlipayApplication(
                            CERTIFIED_APP_ID,
                            PlayedAccounts.OWN.getPublic(),
                            PlayedAccounts.application(BOOK).signer(),
                            CERTIFIED_BOOK)
                        .with(AlipayCertificates.of(APPLICATION_CERTIFICATE, ALIPAY_CERTIFICATE))),
            0);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String certificate(PublicKey key, String serial, String subject) {
    return PlatformCertificate.pem(
        key, PlayedAccounts.STRANGER.getPrivate(), serial, "CN=Root", "CN=" + subject);
  }

  private static AlipayClient certified(String application, String alipay, String root)
      throws AlipayApiException {
    CertAlipayRequest settings = new CertAlipayRequest();
    settings.setServerUrl(server.address() + "/gateway.do");
    settings.setAppId(CERTIFIED_APP_ID);
    settings.setPrivateKey(
        Base64.getEncoder().encodeToString(PlayedAccounts.OWN.getPrivate().getEncoded()));
    settings.setFormat("json");
    settings.setCharset("utf-8");
    settings.setSignType("RSA2");
    settings.setCertContent(application);
    settings.setAlipayPublicCertContent(alipay);
    settings.setRootCertContent(root);
    return new DefaultAlipayClient(settings);
  }

  private static AlipayClient client(PrivateKey key, String charset) {
    return new DefaultAlipayClient(
        server.address() + "/gateway.do",
        PlayedAccounts.APP_ID,
        Base64.getEncoder().encodeToString(key.getEncoded()),
        "json",
        charset,
        KeyText.publicKeyBase64(PlayedAccounts.PROVIDER.getPublic()),
        "RSA2");
  }

  private static AlipayClient client() {
    return client(PlayedAccounts.OWN.getPrivate(), "utf-8");
  }

  private static AlipayTradeQueryRequest query(String orderNo) {
    AlipayTradeQueryModel model = new AlipayTradeQueryModel();
    model.setOutTradeNo(orderNo);
    AlipayTradeQueryRequest request = new AlipayTradeQueryRequest();
    request.setBizModel(model);
    return request;
  }

  private static AlipayTradeCloseRequest close(String orderNo) {
    AlipayTradeCloseModel model = new AlipayTradeCloseModel();
    model.setOutTradeNo(orderNo);
    AlipayTradeCloseRequest request = new AlipayTradeCloseRequest();
    request.setBizModel(model);
    return request;
  }

  private static AlipayTradeRefundRequest refund(Trade trade, String refundNo, String yuan) {
    AlipayTradeRefundModel model = new AlipayTradeRefundModel();
    model.setTradeNo(trade.transactionId());
    model.setOutRequestNo(refundNo);
    model.setRefundAmount(yuan);
    AlipayTradeRefundRequest request = new AlipayTradeRefundRequest();
    request.setBizModel(model);
    return request;
  }

  private static AlipayTradeFastpayRefundQueryRequest refundQuery(Trade trade, String refundNo) {
    AlipayTradeFastpayRefundQueryModel model = new AlipayTradeFastpayRefundQueryModel();
    model.setTradeNo(trade.transactionId());
    model.setOutRequestNo(refundNo);
    model.setQueryOptions(List.of("gmt_refund_pay"));
    AlipayTradeFastpayRefundQueryRequest request = new AlipayTradeFastpayRefundQueryRequest();
    request.setBizModel(model);
    return request;
  }

  private static Trade paid(String orderNo) {
    BOOK.open(orderNo, 1200);
    return BOOK.pay(orderNo).get();
  }

  @ParameterizedTest
  @ValueSource(strings = {"utf-8", "gbk"})
  void itQueriesTradesByEitherNumber(String charset) throws AlipayApiException {
    Trade trade = paid("订单-" + charset);
    AlipayTradeQueryModel model = new AlipayTradeQueryModel();
    model.setTradeNo(trade.transactionId());
    AlipayTradeQueryRequest byTradeNo = new AlipayTradeQueryRequest();
    byTradeNo.setBizModel(model);
    AlipayClient client = client(PlayedAccounts.OWN.getPrivate(), charset);

    AlipayTradeQueryResponse told = client.execute(query(trade.orderNo()));

    assertThat(told.isSuccess()).isTrue();
    assertThat(told.getTradeNo()).isEqualTo(trade.transactionId());
    assertThat(told.getTradeStatus()).isEqualTo("TRADE_SUCCESS");
    assertThat(told.getTotalAmount()).isEqualTo("12.00");
    assertThat(client.execute(byTradeNo).getOutTradeNo()).isEqualTo(trade.orderNo());
  }

  @Test
  void itClosesTrades() throws AlipayApiException {
    BOOK.open("UNPAID-1", 1200);
    Trade paid = paid("PAID-1");

    assertThat(client().execute(query("UNPAID-1")).getTradeStatus()).isEqualTo("WAIT_BUYER_PAY");
    assertThat(client().execute(close("UNPAID-1")).getOutTradeNo()).isEqualTo("UNPAID-1");
    assertThat(client().execute(query("UNPAID-1")).getTradeStatus()).isEqualTo("TRADE_CLOSED");
    assertRefused(client().execute(close("UNPAID-1")), "ACQ.TRADE_STATUS_ERROR");
    assertRefused(client().execute(close(paid.orderNo())), "ACQ.TRADE_STATUS_ERROR");
    assertRefused(client().execute(query("NO-SUCH-ORDER")), "ACQ.TRADE_NOT_EXIST");
  }

  @Test
  void itRefunds() throws AlipayApiException {
    Trade trade = paid("REFUNDED-1");
    assertThat(client().execute(refundQuery(trade, "R-1")).getRefundStatus()).isNull();

    AlipayTradeRefundResponse refunded = client().execute(refund(trade, "R-1", "5.00"));
    assertThat(refunded.getFundChange()).isEqualTo("Y");
    assertThat(refunded.getRefundFee()).isEqualTo("5.00");
    assertThat(client().execute(refund(trade, "R-1", "5.00")).getFundChange()).isEqualTo("N");
    assertThat(client().execute(refund(trade, "R-2", "7.00")).getRefundFee()).isEqualTo("12.00");
    assertRefused(client().execute(refund(trade, "R-1", "5.01")), "ACQ.DISCORDANT_REPEAT_REQUEST");
    assertRefused(
        client().execute(refund(trade, "R-3", "0.01")), "ACQ.REASON_TRADE_REFUND_FEE_ERR");

    AlipayTradeFastpayRefundQueryResponse told = client().execute(refundQuery(trade, "R-2"));
    assertThat(told.getRefundStatus()).isEqualTo("REFUND_SUCCESS");
    assertThat(told.getRefundAmount()).isEqualTo("7.00");
    assertThat(told.getGmtRefundPay()).isNotNull();
    assertThat(client().execute(query("REFUNDED-1")).getTradeStatus()).isEqualTo("TRADE_CLOSED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"BAD_SIGNATURE", "UNSIGNED"})
  void itRefusesWhatAlipayDidNotSign(String kind) throws AlipayApiException {
    String forged = "FORGED-" + kind;
    paid(forged);
    FAULTS.on(Asked.Kind.QUERY, forged, Fault.of(Fault.Kind.valueOf(kind)));

    // Where there is no signature at all, its exception is another one around the same.
    assertThatThrownBy(() -> client().execute(query(forged)))
        .hasMessageContaining(AlipayApiException.class.getName())
        .hasMessageContaining("sign");
    assertThat(client().execute(query(forged)).isSuccess()).isTrue();
  }

  @Test
  void itGoesByCertificatesAndDownloadsANewOne() throws AlipayApiException {
    CERTIFIED_BOOK.open("CERTIFIED-1", 1200);
    String old = certificate(PlayedAccounts.OWN.getPublic(), "04", "Alipay of old");
    String stranger =
        PlatformCertificate.pem(
            PlayedAccounts.OWN.getPublic(),
            PlayedAccounts.OWN.getPrivate(),
            "05",
            "CN=Root",
            "CN=Root");

    for (String known : List.of(ALIPAY_CERTIFICATE, old)) {
      assertThat(
              certified(APPLICATION_CERTIFICATE, known, ROOT)
                  .certificateExecute(query("CERTIFIED-1"))
                  .getTradeStatus())
          .isEqualTo("WAIT_BUYER_PAY");
    }
    // Another root under the same name did not sign what was downloaded.
    assertThatThrownBy(
            () ->
                certified(APPLICATION_CERTIFICATE, old, stranger)
                    .certificateExecute(query("CERTIFIED-1")))
        .isInstanceOf(AlipayApiException.class);
    assertRefused(
        certified(old, ALIPAY_CERTIFICATE, ROOT).certificateExecute(query("CERTIFIED-1")),
        "isv.invalid-signature");
  }

  @Test
  void itsRequestsWithAnotherKeyAreRefused() throws AlipayApiException {
    BOOK.open("NOT-YOURS", 1200);

    assertRefused(
        client(PlayedAccounts.STRANGER.getPrivate(), "utf-8").execute(close("NOT-YOURS")),
        "isv.invalid-signature");
    assertThat(BOOK.byOrderNo("NOT-YOURS").orElseThrow().state()).isEqualTo(Trade.State.UNPAID);
  }

  private static void assertRefused(AlipayResponse response, String subCode) {
    assertThat(response.isSuccess()).isFalse();
    assertThat(response.getSubCode()).isEqualTo(subCode);
  }
}

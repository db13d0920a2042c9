package io.paidonce.simulator.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wechat.pay.java.core.Config;
import com.wechat.pay.java.core.RSAAutoCertificateConfig;
import com.wechat.pay.java.core.RSAPublicKeyConfig;
import com.wechat.pay.java.core.certificate.AutoCertificateService;
import com.wechat.pay.java.core.exception.ServiceException;
import com.wechat.pay.java.core.exception.ValidationException;
import com.wechat.pay.java.core.http.ApacheHttpClientBuilder;
import com.wechat.pay.java.service.payments.model.Transaction;
import com.wechat.pay.java.service.payments.nativepay.NativePayService;
import com.wechat.pay.java.service.payments.nativepay.model.CloseOrderRequest;
import com.wechat.pay.java.service.payments.nativepay.model.QueryOrderByIdRequest;
import com.wechat.pay.java.service.payments.nativepay.model.QueryOrderByOutTradeNoRequest;
import com.wechat.pay.java.service.refund.RefundService;
import com.wechat.pay.java.service.refund.model.AmountReq;
import com.wechat.pay.java.service.refund.model.CreateRequest;
import com.wechat.pay.java.service.refund.model.QueryByOutRefundNoRequest;
import com.wechat.pay.java.service.refund.model.Refund;
import com.wechat.pay.java.service.refund.model.Status;
import io.paidonce.simulator.Dialect;
import java.net.URI;
import java.security.PrivateKey;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.apache.http.HttpHost;
import org.apache.http.conn.routing.HttpRoute;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * WeChat Pay's own library against the simulated provider: it accepts what the provider answers,
 * its requests are accepted, and it refuses what it must. So the simulator speaks the protocol, and
 * not a dialect that only our client understands.
 */
class WechatLibraryTest {

  private static final ScriptedFaults FAULTS = new ScriptedFaults();
  private static final TradeBook BOOK =
      PlayedAccounts.book(Dialect.WECHAT_V3, InstantSource.system());
  private static final TradeBook SUB_BOOK =
      new TradeBook(InstantSource.system(), Dialect.WECHAT_V3, PlayedAccounts.SUB_MCHID);
  private static final ProviderDesk DESK =
      new ProviderDesk(InstantSource.system(), FAULTS)
          .admit(PlayedAccounts.merchant(BOOK).withSubMerchant(PlayedAccounts.SUB_MCHID, SUB_BOOK));

  private static ProviderServer server;
  private static CloseableHttpClient http;

  /** Ways to hold the platform's keys; each asks for answers signed with its own. */
  enum Mode {
    CERTIFICATES,
    PUBLIC_KEY
  }

  @BeforeAll
  static void start() {
    server = ProviderServer.start(DESK, 0);
    URI address = URI.create(server.address());
    HttpHost ours = new HttpHost(address.getHost(), address.getPort(), "http");
    // The library has its hosts built in; its HTTP client may be given, and goes where we say.
    http =
        HttpClients.custom()
            .setRoutePlanner((host, request, context) -> new HttpRoute(ours))
            .build();
  }

  @AfterAll
  static void stop() throws Exception {
    AutoCertificateService.shutdown();
    http.close();
    server.close();
  }

  private static Config config(Mode mode) {
    PrivateKey key = PlayedAccounts.OWN.getPrivate();
    return mode == Mode.CERTIFICATES ? certificates(key) : publicKey(key);
  }

  private static Config certificates(PrivateKey key) {
    return new RSAAutoCertificateConfig.Builder()
        .merchantId(PlayedAccounts.MCHID)
        .privateKey(key)
        .merchantSerialNumber(PlayedAccounts.MERCHANT_SERIAL)
        .apiV3Key(PlayedAccounts.API_V3_KEY.reveal())
        .httpClientBuilder(new ApacheHttpClientBuilder().apacheHttpClient(http))
        .build();
  }

  private static Config publicKey(PrivateKey key) {
    return new RSAPublicKeyConfig.Builder()
        .merchantId(PlayedAccounts.MCHID)
        .privateKey(key)
        .merchantSerialNumber(PlayedAccounts.MERCHANT_SERIAL)
        .apiV3Key(PlayedAccounts.API_V3_KEY.reveal())
        .publicKey(PlayedAccounts.PROVIDER.getPublic())
        .publicKeyId(PlayedAccounts.PLATFORM_KEY_ID)
        .build();
  }

  private static NativePayService payments(Config config) {
    return new NativePayService.Builder()
        .httpClient(new ApacheHttpClientBuilder().config(config).apacheHttpClient(http).build())
        .build();
  }

  private static RefundService refunds(Config config) {
    return new RefundService.Builder()
        .httpClient(new ApacheHttpClientBuilder().config(config).apacheHttpClient(http).build())
        .build();
  }

  private static QueryOrderByOutTradeNoRequest orderNo(String orderNo) {
    QueryOrderByOutTradeNoRequest request = new QueryOrderByOutTradeNoRequest();
    request.setMchid(PlayedAccounts.MCHID);
    request.setOutTradeNo(orderNo);
    return request;
  }

  private static CloseOrderRequest close(String orderNo) {
    CloseOrderRequest request = new CloseOrderRequest();
    request.setMchid(PlayedAccounts.MCHID);
    request.setOutTradeNo(orderNo);
    return request;
  }

  private static CreateRequest refund(String transactionId, String refundNo, long amountMinor) {
    CreateRequest request = new CreateRequest();
    request.setTransactionId(transactionId);
    request.setOutRefundNo(refundNo);
    AmountReq amount = new AmountReq();
    amount.setRefund(amountMinor);
    amount.setTotal(1200L);
    amount.setCurrency("CNY");
    request.setAmount(amount);
    return request;
  }

  private static Trade paid(String orderNo) {
    BOOK.open(orderNo, 1200);
    return BOOK.pay(orderNo).get();
  }

  @ParameterizedTest
  @EnumSource
  void itQueriesAndClosesOrders(Mode mode) {
    NativePayService payments = payments(config(mode));
    Trade trade = paid("PAID-" + mode);
    String unpaid = "UNPAID-" + mode;
    BOOK.open(unpaid, 1200);
    QueryOrderByIdRequest byId = new QueryOrderByIdRequest();
    byId.setMchid(PlayedAccounts.MCHID);
    byId.setTransactionId(trade.transactionId());

    Transaction told = payments.queryOrderByOutTradeNo(orderNo(trade.orderNo()));
    assertThat(told.getTransactionId()).isEqualTo(trade.transactionId());
    assertThat(told.getTradeState()).isEqualTo(Transaction.TradeStateEnum.SUCCESS);
    assertThat(told.getAmount().getTotal()).isEqualTo(1200);
    assertThat(payments.queryOrderById(byId).getOutTradeNo()).isEqualTo(trade.orderNo());

    assertThat(payments.queryOrderByOutTradeNo(orderNo(unpaid)).getTradeState())
        .isEqualTo(Transaction.TradeStateEnum.NOTPAY);
    payments.closeOrder(close(unpaid));
    payments.closeOrder(close(unpaid));
    assertThat(payments.queryOrderByOutTradeNo(orderNo(unpaid)).getTradeState())
        .isEqualTo(Transaction.TradeStateEnum.CLOSED);
    assertRefused(() -> payments.closeOrder(close(trade.orderNo())), 400, "ORDER_PAID");
    assertRefused(
        () -> payments.queryOrderByOutTradeNo(orderNo("NO-SUCH-ORDER")), 404, "ORDER_NOT_EXIST");
  }

  @ParameterizedTest
  @EnumSource
  void itRefunds(Mode mode) {
    RefundService refunds = refunds(config(mode));
    Trade trade = paid("REFUNDED-" + mode);
    String refundNo = "R-" + mode;
    QueryByOutRefundNoRequest query = new QueryByOutRefundNoRequest();
    query.setOutRefundNo(refundNo);

    Refund created = refunds.create(refund(trade.transactionId(), refundNo, 500));
    assertThat(created.getStatus()).isEqualTo(Status.PROCESSING);
    assertThat(refunds.create(refund(trade.transactionId(), refundNo, 500)).getRefundId())
        .isEqualTo(created.getRefundId());
    assertRefused(
        () -> refunds.create(refund(trade.transactionId(), refundNo, 501)), 400, "INVALID_REQUEST");

    BOOK.settle(trade.orderNo(), refundNo, TradeRefund.State.SUCCEEDED);
    Refund settled = refunds.queryByOutRefundNo(query);
    assertThat(settled.getStatus()).isEqualTo(Status.SUCCESS);
    assertThat(settled.getAmount().getRefund()).isEqualTo(500);
    assertThat(settled.getTransactionId()).isEqualTo(trade.transactionId());
  }

  @Test
  void itAsksAsAPartner() {
    var payments =
        new com.wechat.pay.java.service.partnerpayments.nativepay.NativePayService.Builder()
            .httpClient(
                new ApacheHttpClientBuilder()
                    .config(config(Mode.PUBLIC_KEY))
                    .apacheHttpClient(http)
                    .build())
            .build();
    var query =
        new com.wechat.pay.java.service.partnerpayments.nativepay.model
            .QueryOrderByOutTradeNoRequest();
    query.setSpMchid(PlayedAccounts.MCHID);
    query.setSubMchid(PlayedAccounts.SUB_MCHID);
    query.setOutTradeNo("PARTNER-1");
    var close = new com.wechat.pay.java.service.partnerpayments.nativepay.model.CloseOrderRequest();
    close.setSpMchid(PlayedAccounts.MCHID);
    close.setSubMchid(PlayedAccounts.SUB_MCHID);
    close.setOutTradeNo("PARTNER-1");
    SUB_BOOK.open("PARTNER-1", 1200);

    payments.closeOrder(close);

    var told = payments.queryOrderByOutTradeNo(query);
    assertThat(told.getTradeState().name()).isEqualTo("CLOSED");
    assertThat(told.getSpMchid()).isEqualTo(PlayedAccounts.MCHID);
    assertThat(told.getSubMchid()).isEqualTo(PlayedAccounts.SUB_MCHID);
  }

  @Test
  void itDownloadsCertificates() {
    Config config = certificates(PlayedAccounts.OWN.getPrivate());

    assertThat(config.createValidator().<String>getSerialNumber())
        .isEqualToIgnoringCase(PlayedAccounts.PLATFORM_SERIAL);
    assertThat(DESK.asked())
        .filteredOn(asking -> asking.asked().kind() == Asked.Kind.CERTIFICATES)
        .isNotEmpty()
        .allSatisfy(asking -> assertThat(asking.said()).isEqualTo("200"));
  }

  static Stream<Fault.Kind> forgeries() {
    return Stream.of(
        Fault.Kind.BAD_SIGNATURE, Fault.Kind.UNKNOWN_KEY, Fault.Kind.UNSIGNED, Fault.Kind.PROBE);
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  void itRefusesWhatThePlatformDidNotSign(Fault.Kind kind) {
    String forged = "FORGED-" + kind;
    paid(forged);
    for (Mode mode : Mode.values()) {
      NativePayService payments = payments(config(mode));
      FAULTS.on(Asked.Kind.QUERY, forged, Fault.of(kind));

      assertThatThrownBy(() -> payments.queryOrderByOutTradeNo(orderNo(forged)))
          // Of an absent signature it complains in another way.
          .isInstanceOfAny(ValidationException.class, IllegalArgumentException.class);
      assertThat(payments.queryOrderByOutTradeNo(orderNo(forged)).getOutTradeNo())
          .isEqualTo(forged);
    }
  }

  @Test
  void itsRequestsWithAnotherKeyAreRefused() {
    NativePayService payments = payments(publicKey(PlayedAccounts.STRANGER.getPrivate()));
    BOOK.open("NOT-YOURS", 1200);

    assertRefused(() -> payments.closeOrder(close("NOT-YOURS")), 401, "SIGN_ERROR");
    assertThat(BOOK.byOrderNo("NOT-YOURS").orElseThrow().state()).isEqualTo(Trade.State.UNPAID);
  }

  private static void assertRefused(Runnable call, int status, String code) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            ServiceException.class,
            refused ->
                assertThat(List.of(refused.getHttpStatusCode(), refused.getErrorCode()))
                    .isEqualTo(List.of(status, code)));
  }
}

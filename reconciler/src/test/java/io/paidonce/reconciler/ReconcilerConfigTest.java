package io.paidonce.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paidonce.contract.ProviderAccount;
import io.paidonce.providers.ApiReply;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Secret;
import io.paidonce.providers.alipay.AlipayCredentials;
import io.paidonce.providers.wechatv3.WechatV3Credentials;
import io.paidonce.reconciler.ReconcilerConfig.AccountLimit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReconcilerConfigTest {

  private static ReconcilerConfig of(AccountLimit... limits) {
    return new ReconcilerConfig(
        "localhost:9092",
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(limits),
        null,
        null,
        null,
        null);
  }

  private static List<String> problems(ReconcilerConfig config) {
    Problems problems = Problems.none();
    config.check(problems);
    return problems.lines();
  }

  @Test
  void theDefaultsAreTheseAndSound() {
    ReconcilerConfig config =
        of().withAccounts(List.of(Merchant.account()), List.of(Merchant.credentials("1900000001")));
    assertThat(problems(config)).isEmpty();
    assertThat(config)
        .isEqualTo(
            new ReconcilerConfig(
                "localhost:9092",
                3,
                "paidonce-reconciler",
                null,
                32,
                10_000,
                10,
                5,
                List.of(),
                3_000,
                10_000,
                "127.0.0.1",
                9095,
                List.of(Merchant.account()),
                config.credentials()));
  }

  @Test
  void everythingThatIsWrongIsToldTogetherWithItsPlace() {
    ReconcilerConfig config =
        new ReconcilerConfig(
                "",
                0,
                " ",
                null,
                0,
                99,
                0,
                0,
                List.of(new AccountLimit("wechat:1900000001", 0, 0)),
                99,
                60_001,
                "127.0.0.1",
                65_536)
            .withAccounts(
                List.of(Merchant.account()),
                List.of(
                    new WechatV3Credentials(
                        "wechat-v3",
                        Merchant.MCHID,
                        null,
                        "no serial",
                        Secret.of("no key"),
                        List.of("http://example.com")),
                    Merchant.credentials("1900000009"),
                    new AlipayCredentials("alipay-v9", "a", Secret.of("x"), List.of())));
    assertThat(problems(config))
        .extracting(line -> line.substring(0, line.indexOf(": ")))
        .containsExactlyInAnyOrder(
            "credentials[0].serialNo",
            "credentials[0].privateKey",
            "credentials[0].hosts[0]",
            "credentials[1].account",
            "credentials[2].protocol",
            "reconciler.bootstrapServers",
            "reconciler.groupId",
            "reconciler.replicationFactor",
            "reconciler.threads",
            "reconciler.maxWaiting",
            "reconciler.requestsPerSecond",
            "reconciler.burst",
            "reconciler.connectTimeoutMs",
            "reconciler.timeoutMs",
            "reconciler.managementPort",
            "reconciler.accountLimits[0].requestsPerSecond",
            "reconciler.accountLimits[0].burst");
  }

  @Test
  void withoutCredentialsNobodyCanBeAsked() {
    assertThat(problems(of())).singleElement().asString().startsWith("credentials: is empty");
  }

  @Test
  void anAccountHasOneSetOfCredentials() {
    assertThat(
            problems(
                of().withAccounts(
                        List.of(Merchant.account()),
                        List.of(
                            Merchant.credentials(Merchant.MCHID),
                            Merchant.credentials(Merchant.MCHID)))))
        .singleElement()
        .asString()
        .startsWith("credentials[1]: is for wechat:1900000001");
  }

  @Test
  void aLimitOfAnAccountThatIsNotAskedIsAMistake() {
    assertThat(
            problems(
                of(new AccountLimit("wechat:1900000002", 3, null))
                    .withAccounts(
                        List.of(Merchant.account()),
                        List.of(Merchant.credentials(Merchant.MCHID)))))
        .singleElement()
        .asString()
        .startsWith("reconciler.accountLimits[0].account: is wechat:1900000002");
    assertThatThrownBy(() -> new AccountLimit("1900000002", 3, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anAccountHasItsOwnLimitOrThatOfAll() {
    assertThat(asked(of())).isEqualTo(new AskedAccount(name(), "s1", 2, 10, 5));
    assertThat(asked(of(new AccountLimit("wechat:1900000001", 3, null))))
        .isEqualTo(new AskedAccount(name(), "s1", 2, 3, 5));
    assertThat(asked(of(new AccountLimit("wechat:1900000001", 3, 2))))
        .isEqualTo(new AskedAccount(name(), "s1", 2, 3, 2));
  }

  @Test
  void theProtocolOfAnAccountIsKnownAlsoWithoutCredentials() {
    assertThat(Clients.protocols(of().withAccounts(List.of(Merchant.account()), List.of())))
        .containsExactly(Map.entry(name(), "wechat-v3"));
  }

  private static ProviderAccount name() {
    return new ProviderAccount("wechat", Merchant.MCHID);
  }

  private static AskedAccount asked(ReconcilerConfig config) {
    return Clients.open(
            config.withAccounts(
                List.of(Merchant.account()), List.of(Merchant.credentials(Merchant.MCHID))),
            request -> new ApiReply.Failed(ApiReply.Failure.NOT_SENT, "in a test"),
            new Random(7),
            Problems.none())
        .accounts()
        .get(0);
  }
}

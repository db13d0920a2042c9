package io.paidonce.launcher.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.NotificationKind;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.providers.Account;
import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.CallbackSigner.PaidNotice;
import io.paidonce.providers.CallbackSigner.RefundNotice;
import io.paidonce.providers.Problems;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.Verdict;
import io.paidonce.providers.hmac.HmacConfig;
import io.paidonce.providers.hmac.HmacProtocol;
import io.paidonce.providers.hmac.HmacSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configured, not coded: the sources that {@code docs/providers/hmac.md} shows, as shown. */
final class HmacSourcesTest {

  private static final Path PAGE = Path.of("../docs/providers/hmac.md");
  private static final Pattern YAML = Pattern.compile("(?s)```yaml\\n(accounts:\\n.*?)```");
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final PaidNotice NOTICE =
      new PaidNotice("evt_1", "pay_1", "ORDER-1", 1200, "EUR", NOW);
  private static final RefundNotice REFUND =
      new RefundNotice("evt_2", NOTICE, "re_1", "R-1", RefundOutcome.SUCCEEDED, 500, 500, NOW);

  @Test
  void everySourceOfThePageIsReceivedAsItsConfigurationSays(@TempDir Path directory)
      throws IOException {
    List<AccountConfig> accounts = accounts(directory);
    assertThat(accounts)
        .extracting(AccountConfig::id)
        .containsExactly("stripe-eu", "acme", "old-partner", "gift-cards");
    for (AccountConfig account : accounts) {
      HmacConfig config = (HmacConfig) account;
      HmacSigner signer = new HmacSigner(config);
      PaymentNotification paid = received(config, signer.payment(NOTICE, NOW));
      assertThat(paid.kind()).isEqualTo(NotificationKind.PAYMENT);
      assertThat(paid.account()).isEqualTo(config.id());
      assertThat(paid.orderNo()).isEqualTo("ORDER-1");
      assertThat(paid.payment().transactionId()).isEqualTo("pay_1");
      assertThat(paid.payment().amountMinor()).isEqualTo(1200);
      assertThat(paid.payment().currency()).isEqualTo("EUR");
      PaymentNotification refunded = received(config, signer.refund(REFUND, NOW));
      assertThat(refunded.kind()).isEqualTo(NotificationKind.REFUND);
      assertThat(refunded.refund().transactionId()).isEqualTo("pay_1");
    }
  }

  @Test
  void noSourceAcceptsWhatAnotherSigned(@TempDir Path directory) throws IOException {
    List<AccountConfig> accounts = accounts(directory);
    for (AccountConfig one : accounts) {
      SignedCallback sent = new HmacSigner((HmacConfig) one).payment(NOTICE, NOW);
      for (AccountConfig other : accounts) {
        assertThat(verdict((HmacConfig) other, sent) instanceof Verdict.Authentic)
            .isEqualTo(one == other);
      }
    }
  }

  private static List<AccountConfig> accounts(Path directory) throws IOException {
    StringBuilder yaml = new StringBuilder("shops: [{id: my-shop}]\naccounts:\n");
    for (MatchResult shown : YAML.matcher(Files.readString(PAGE)).results().toList()) {
      yaml.append(shown.group(1).substring("accounts:\n".length()));
    }
    Path written = Files.writeString(directory.resolve("config.yaml"), yaml);
    ConfigFile file =
        ConfigFile.read(
            written,
            Map.of(
                "GIFT_CARDS_SECRET", "a-gift-card-secret-of-32-letters",
                "STRIPE_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "ACME_SECRET", "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
                "PARTNER_SECRET_NEW", "a-shared-secret-of-32-characters",
                "PARTNER_SECRET_OLD", "the-old-shared-secret-of-32-char"));
    List<AccountConfig> accounts = file.accounts();
    file.requireSound();
    return accounts;
  }

  private static PaymentNotification received(HmacConfig config, SignedCallback sent) {
    return ((Verdict.Authentic) verdict(config, sent)).notifications().get(0);
  }

  private static Verdict verdict(HmacConfig config, SignedCallback sent) {
    Map<String, List<String>> headers = new HashMap<>();
    sent.headers()
        .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
    Account account = new HmacProtocol().open(config, Problems.none()).orElseThrow();
    return account.receive(new CallbackRequest(headers, sent.body(), NOW, "d"));
  }
}

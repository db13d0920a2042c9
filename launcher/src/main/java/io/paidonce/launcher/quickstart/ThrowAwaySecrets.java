package io.paidonce.launcher.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The secrets of an installation that is only tried: the simulator's accounts and a password for
 * its PostgreSQL, each in a file of its own, as {@code infra/compose} hands them to containers.
 */
public final class ThrowAwaySecrets {

  private static final String PASSWORD = "postgres-password";
  private static final int PASSWORD_LENGTH = 32;

  // Beside those that scenarios are played with, so that there is one of every protocol to
  // simulate.
  private static final String MORE_ACCOUNTS =
      """
        - protocol: wechat-v2
          id: 1900000001
          shop: tea
          apiKeys: ["file:1900000001.apiv2.txt"]
          signTypes: [HMAC-SHA256, MD5]
        - protocol: hmac
          id: stripe-tea
          shop: tea
          preset: stripe
          secrets: [{version: "1", secret: "file:stripe-tea.secret.txt"}]
        - protocol: hmac
          id: webhooks-tea
          shop: tea
          preset: standard-webhooks
          secrets: [{version: "1", secret: "file:webhooks-tea.secret.txt"}]
          content:
            status: /type
            events:
              - {statuses: [invoice.paid], means: paid, orderNo: /data/reference,
                 transactionId: /data/payment, amount: /data/cents, currency: /data/currency}
              - {statuses: [invoice.refunded], means: refunded, orderNo: /data/reference,
                 transactionId: /data/payment, refundId: /data/refund, amount: /data/cents,
                 currency: /data/currency}
      """;

  private static final int SECRET_LENGTH = 32;

  private ThrowAwaySecrets() {}

  /**
   * Makes all of them.
   *
   * @throws IllegalArgumentException if there are some already: records and databases made with
   *     those could not be read with new ones
   */
  public static void make(Path directory) throws IOException {
    if (Files.exists(directory.resolve(PASSWORD + ".txt"))) {
      throw new IllegalArgumentException(
          directory
              + " has keys already. Use them, or remove them together with the Kafka and PostgreSQL"
              + " data that was made with them");
    }
    Path config = ThrowAwayAccounts.make(directory).config();
    ThrowAwayKeys keys = new ThrowAwayKeys(directory);
    keys.makeText("1900000001.apiv2", SECRET_LENGTH);
    keys.makeText("stripe-tea.secret", "whsec_", SECRET_LENGTH);
    keys.makeText("webhooks-tea.secret", "whsec_", SECRET_LENGTH);
    Files.writeString(config, MORE_ACCOUNTS, StandardOpenOption.APPEND);
    keys.makeText(PASSWORD, PASSWORD_LENGTH);
  }
}

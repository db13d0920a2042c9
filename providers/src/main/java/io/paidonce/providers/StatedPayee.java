package io.paidonce.providers;

import java.util.List;

/**
 * Who got the money and who should have, as a merchant and its app. Both protocols of one network
 * must say it with the same texts, or one payment told twice would contradict itself.
 *
 * @param actual as the provider states it
 * @param expected as the configuration states it
 */
public record StatedPayee(String actual, String expected) {

  /** Where the configuration names no apps: the merchants alone. */
  public static StatedPayee ofMerchant(String merchant, String expected) {
    return new StatedPayee(merchant, expected);
  }

  /**
   * Where it names some.
   *
   * @param statedApps the payee's own app and its partner's, at least one; either may be ours
   * @param apps the configured ones, at least one
   */
  public static StatedPayee ofApp(
      String merchant, String expected, List<String> statedApps, List<String> apps) {
    String app =
        statedApps.stream().filter(apps::contains).findFirst().orElseGet(() -> statedApps.get(0));
    String expectedApp = apps.contains(app) ? app : String.join("|", apps);
    return new StatedPayee(merchant + "/" + app, expected + "/" + expectedApp);
  }
}

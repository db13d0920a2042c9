package io.paidonce.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.paidonce.benchmarks.keys.MultiPrimeKey;
import io.paidonce.benchmarks.keys.MultiPrimeProvider;
import io.paidonce.contract.Money;
import io.paidonce.providers.CallbackSigner;
import io.paidonce.providers.Secret;
import io.paidonce.providers.wechatv3.PlatformKey;
import io.paidonce.providers.wechatv3.WechatV3Config;
import io.paidonce.providers.wechatv3.WechatV3Protocol;
import io.paidonce.providers.wechatv3.WechatV3Signer;
import java.security.Security;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The one account of a run, as its owner configures it and as WeChat Pay signs for it.
 *
 * @param seed the same seed makes the same keys, in the process that signs and in the one that
 *     verifies
 */
public record Merchant(long seed) {

  public static final String SHOP = "bench";
  public static final Money PRICE = Money.of(1_999, "CNY");
  static final String PATH = "/callbacks/" + WechatV3Protocol.ID + "/" + Merchant.MCHID;

  private static final String MCHID = "1900000009";
  private static final String KEY_ID = "PUB_KEY_ID_0119000000092026112100000000";
  private static final String API_V3_KEY = "for-measuring-only-0123456789abc";

  /** What the gateway is told. */
  public WechatV3Config config() {
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII))
                .encodeToString(key().publicKey().getEncoded())
            + "\n-----END PUBLIC KEY-----\n";
    return new WechatV3Config(
        WechatV3Protocol.ID,
        MCHID,
        SHOP,
        List.of(Secret.of(API_V3_KEY)),
        List.of(new PlatformKey(KEY_ID, pem)),
        List.of(),
        List.of());
  }

  /** The platform's side; the process learns to sign with its key. */
  public CallbackSigner signer(RandomGenerator random) {
    Security.addProvider(new MultiPrimeProvider());
    return new WechatV3Signer(
        key(), KEY_ID, Secret.of(API_V3_KEY), MCHID, "wx" + MCHID + "000000", random);
  }

  private MultiPrimeKey key() {
    return MultiPrimeKey.from(new SplittableRandom(seed));
  }
}

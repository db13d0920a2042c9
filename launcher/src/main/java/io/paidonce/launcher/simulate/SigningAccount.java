package io.paidonce.launcher.simulate;

import io.paidonce.contract.Authentication;
import io.paidonce.providers.Account;
import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.AccountKey;
import io.paidonce.providers.CallbackAnswer;
import io.paidonce.providers.CallbackProtocol;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.CallbackSigner;
import io.paidonce.providers.CallbackSigner.PaidNotice;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Protocols;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.Verdict;
import io.paidonce.providers.alipay.AlipayConfig;
import io.paidonce.providers.alipay.AlipaySigner;
import io.paidonce.providers.hmac.HmacConfig;
import io.paidonce.providers.hmac.HmacSigner;
import io.paidonce.providers.wechatv2.WechatV2Config;
import io.paidonce.providers.wechatv2.WechatV2NoticeSigner;
import io.paidonce.providers.wechatv3.WechatV3Config;
import io.paidonce.providers.wechatv3.WechatV3Signer;
import io.paidonce.simulator.Dialect;
import io.paidonce.simulator.Disguise;
import io.paidonce.simulator.SimulatedAccount;
import io.paidonce.simulator.Tampering;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * An account of a configuration together with what its provider signs with. What it signs is first
 * judged by the account itself, so that nothing leaves here as correct that we would refuse.
 */
public final class SigningAccount {

  private static final String APPID = "wx0000000000000001";

  private final SimulatedAccount simulated;
  private final Account receiver;

  private SigningAccount(SimulatedAccount simulated, Account receiver) {
    this.simulated = simulated;
    this.receiver = receiver;
  }

  /**
   * Finds the signer of an account.
   *
   * @param key the provider's private key; of no use where the secret of both sides signs
   * @param random where nonces come from
   * @param at when it is to be sent: certificates are keys within their dates
   * @throws IllegalArgumentException if it can't be signed for, with what to mend
   */
  public static SigningAccount of(
      AccountConfig config, Optional<PrivateKey> key, RandomGenerator random, Instant at) {
    Account receiver = open(config);
    CallbackSigner signer;
    if (config instanceof WechatV3Config wechat) {
      signer = wechatV3(wechat, receiver, required(key, config), random, at);
    } else if (config instanceof WechatV2Config wechat) {
      signer =
          new WechatV2NoticeSigner(
              wechat.apiKeys().get(0),
              wechat.signTypes().get(0),
              wechat.id(),
              first(wechat.appIds(), APPID),
              random);
    } else if (config instanceof AlipayConfig alipay) {
      signer = alipay(alipay, receiver, required(key, config), at);
    } else if (config instanceof HmacConfig source) {
      signer = new HmacSigner(source);
    } else {
      throw new IllegalArgumentException("protocol " + config.protocol() + " can't be simulated");
    }
    return new SigningAccount(
        new SimulatedAccount(Dialect.of(config.protocol()), config.id(), config.shop(), signer),
        receiver);
  }

  /** How its provider behaves. */
  public Dialect dialect() {
    return simulated.dialect();
  }

  /** Where this account's callbacks come in at a gateway of ours. */
  public String callbackPath() {
    return simulated.callbackPath();
  }

  /**
   * The callback of a notice.
   *
   * @throws IllegalArgumentException if this provider has no such notice, or no receiver could
   *     notice the disguise
   */
  public SignedCallback sign(Told told, Disguise disguise, Instant sentAt) {
    SignedCallback good = Tampering.sign(simulated, told.notice(), Disguise.NONE, sentAt);
    Verdict verdict = receiver.receive(received(good, sentAt));
    if (!(verdict instanceof Verdict.Authentic authentic)) {
      throw new IllegalArgumentException("this account would not take that: " + why(verdict));
    }
    if (disguise == Disguise.NONE) {
      return good;
    }
    if (authentic.notifications().get(0).authentication() == Authentication.UNSIGNED) {
      throw new IllegalArgumentException(
          "this provider does not sign such a notice, so no receiver can notice that it was"
              + " altered: it must ask the provider, whatever the notice says");
    }
    SignedCallback bad = Tampering.sign(simulated, told.notice(), disguise, sentAt);
    if (!(receiver.receive(received(bad, sentAt)) instanceof Verdict.Refused)) {
      throw new IllegalArgumentException(
          "this change touches nothing that is signed, so a receiver may accept it");
    }
    return bad;
  }

  /** Whether its provider takes an answer as success and never sends that notice again. */
  public boolean accepts(int status, byte[] body) {
    boolean asConfigured =
        receiver
            .accepted()
            .filter(answer -> !answer.body().isEmpty())
            .map(answer -> Arrays.equals(body, answer.body().getBytes(StandardCharsets.US_ASCII)))
            .orElse(true);
    return asConfigured && dialect().accepts(status, body);
  }

  /** What an answer must be for that. */
  public String successIs() {
    return receiver
        .accepted()
        .map(CallbackAnswer::body)
        .filter(body -> !body.isEmpty())
        .map(body -> dialect().successIs() + " with the configured body " + body)
        .orElse(dialect().successIs());
  }

  private static CallbackSigner wechatV3(
      WechatV3Config config, Account receiver, PrivateKey key, RandomGenerator random, Instant at) {
    for (AccountKey candidate : receiver.keys()) {
      CallbackSigner signer =
          new WechatV3Signer(
              key,
              candidate.id(),
              config.apiV3Keys().get(0),
              config.id(),
              first(config.appIds(), APPID),
              random);
      if (isBelieved(receiver, signer, at)) {
        return signer;
      }
    }
    throw new IllegalArgumentException(
        "the signing key is the private half of none of account "
            + config.id()
            + "'s platformKeys "
            + receiver.keys().stream().map(AccountKey::id).toList());
  }

  private static CallbackSigner alipay(
      AlipayConfig config, Account receiver, PrivateKey key, Instant at) {
    CallbackSigner signer = new AlipaySigner(key, config.id(), config.sellerId());
    if (!isBelieved(receiver, signer, at)) {
      throw new IllegalArgumentException(
          "the signing key is the private half of none of account "
              + config.id()
              + "'s Alipay keys "
              + receiver.keys().stream().map(AccountKey::id).toList());
    }
    return signer;
  }

  private static boolean isBelieved(Account receiver, CallbackSigner signer, Instant at) {
    PaidNotice payment = new PaidNotice("n", "t", "o", 1, "CNY", at);
    return receiver.receive(received(signer.payment(payment, at), at)) instanceof Verdict.Authentic;
  }

  private static CallbackRequest received(SignedCallback callback, Instant at) {
    Map<String, List<String>> headers = new HashMap<>();
    callback
        .headers()
        .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
    return new CallbackRequest(headers, callback.body(), at, "simulated");
  }

  private static String why(Verdict verdict) {
    if (verdict instanceof Verdict.Refused refused) {
      return refused.rejection() + ", " + refused.explanation();
    }
    return verdict instanceof Verdict.Unreadable unreadable ? unreadable.detail() : "";
  }

  private static PrivateKey required(Optional<PrivateKey> key, AccountConfig config) {
    return key.orElseThrow(
        () ->
            new IllegalArgumentException(
                config.protocol()
                    + "/"
                    + config.id()
                    + " is signed for with a key that only its provider has. Make an account of"
                    + " your own with: paidonce simulate keys DIRECTORY, and name it with --keys;"
                    + " or give --signing-key FILE whose public half is in the configuration"));
  }

  private static Account open(AccountConfig config) {
    Problems problems = Problems.none();
    CallbackProtocol<?> protocol =
        Protocols.byId(config.protocol())
            .orElseThrow(() -> new IllegalArgumentException("no protocol " + config.protocol()));
    return open(protocol, config, problems)
        .orElseThrow(() -> new IllegalArgumentException(String.join("\n", problems.lines())));
  }

  private static <C extends AccountConfig> Optional<Account> open(
      CallbackProtocol<C> protocol, AccountConfig config, Problems problems) {
    return protocol.open(protocol.configType().cast(config), problems);
  }

  private static String first(List<String> list, String otherwise) {
    return list.isEmpty() ? otherwise : list.get(0);
  }
}

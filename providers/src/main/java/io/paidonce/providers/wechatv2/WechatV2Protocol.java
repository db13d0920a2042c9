package io.paidonce.providers.wechatv2;

import io.paidonce.contract.Rejection;
import io.paidonce.providers.Account;
import io.paidonce.providers.AccountChecks;
import io.paidonce.providers.CallbackAnswer;
import io.paidonce.providers.CallbackProtocol;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Secret;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * WeChat Pay API v2, callbacks and answers. Whether a notice was taken is told by the XML of our
 * answer, not by its HTTP status alone.
 */
public final class WechatV2Protocol implements CallbackProtocol<WechatV2Config> {

  public static final String ID = "wechat-v2";
  static final String PROVIDER = "wechat";

  private static final String XML = "text/xml";
  private static final int MAX_API_KEYS = 2;
  private static final Pattern API_KEY = Pattern.compile("[\\x21-\\x7E]{32}");

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String provider() {
    return PROVIDER;
  }

  @Override
  public Class<WechatV2Config> configType() {
    return WechatV2Config.class;
  }

  @Override
  public Optional<Account> open(WechatV2Config config, Problems problems) {
    return isGood(config, problems) ? Optional.of(new WechatV2Account(config)) : Optional.empty();
  }

  /** Whether it reported no problem of the configuration. */
  static boolean isGood(WechatV2Config config, Problems problems) {
    int before = problems.lines().size();
    AccountChecks.check(config, problems);
    checkApiKeys(config.apiKeys(), problems.in("apiKeys"));
    checkSignTypes(config.signTypes(), problems.in("signTypes"));
    AccountChecks.checkAppIds(config.appIds(), problems.in("appIds"));
    return problems.lines().size() == before;
  }

  @Override
  public CallbackAnswer accepted() {
    return answer(200, "SUCCESS", "OK");
  }

  @Override
  public CallbackAnswer declined(Rejection rejection) {
    return answer(rejection.httpStatus(), "FAIL", "not accepted");
  }

  private static CallbackAnswer answer(int status, String code, String message) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("return_code", code);
    fields.put("return_msg", message);
    return new CallbackAnswer(status, XML, XmlFields.written(XmlFields.ROOT, fields));
  }

  private static void checkApiKeys(List<Secret> keys, Problems problems) {
    if (keys.isEmpty()) {
      problems.add("is missing; give the merchant's APIv2 key.");
    }
    if (keys.size() > MAX_API_KEYS) {
      problems.add("holds " + keys.size() + " keys; at most the new and the old one belong here.");
    }
    for (int i = 0; i < keys.size(); i++) {
      if (!API_KEY.matcher(keys.get(i).reveal()).matches()) {
        problems
            .at(i)
            .add(
                "is "
                    + keys.get(i).revealBytes().length
                    + " bytes long; an APIv2 key is 32 printable characters (is there a line break"
                    + " at its end?).");
      }
    }
  }

  private static void checkSignTypes(List<String> names, Problems problems) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      if (SignType.named(names.get(i)).isEmpty() || !seen.add(names.get(i))) {
        problems.at(i).add("must be HMAC-SHA256 or MD5, each once.");
      }
    }
  }
}

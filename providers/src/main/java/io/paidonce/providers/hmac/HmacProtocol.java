package io.paidonce.providers.hmac;

import io.paidonce.contract.Rejection;
import io.paidonce.providers.Account;
import io.paidonce.providers.AccountChecks;
import io.paidonce.providers.CallbackAnswer;
import io.paidonce.providers.CallbackProtocol;
import io.paidonce.providers.Problems;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sources of HMAC-signed callbacks. They go by the HTTP status, and some by a body of theirs. */
public final class HmacProtocol implements CallbackProtocol<HmacConfig> {

  public static final String ID = "hmac";
  static final String PROVIDER = "hmac";

  private static final String JSON = "application/json";
  private static final Pattern CONTENT_TYPE = Pattern.compile("[A-Za-z0-9.+/=; -]{1,64}");
  private static final Pattern BODY = Pattern.compile("[\\x20-\\x7E\\r\\n]{0,256}");

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String provider() {
    return PROVIDER;
  }

  @Override
  public Class<HmacConfig> configType() {
    return HmacConfig.class;
  }

  @Override
  public Optional<Account> open(HmacConfig config, Problems problems) {
    return source(config, problems)
        .map(source -> new HmacAccount(config.id(), config.shop(), source, answer(config)));
  }

  /** What a configuration describes; empty exactly when a problem was reported. */
  static Optional<Source> source(HmacConfig config, Problems problems) {
    int before = problems.lines().size();
    AccountChecks.check(config, problems);
    Optional<Preset> preset = Optional.ofNullable(config.preset()).flatMap(Preset::named);
    if (config.preset() != null && preset.isEmpty()) {
      problems.in("preset").add("must be stripe or standard-webhooks.");
      return Optional.empty();
    }
    HmacSignature signature =
        orNone(config.signature()).or(preset.map(Preset::signature).orElse(HmacSignature.NONE));
    Optional<Scheme> scheme =
        SchemeCheck.scheme(
            signature, config.secrets(), "/callbacks/" + ID + "/" + config.id(), problems);
    Optional<Content> content =
        ContentCheck.content(
            Optional.ofNullable(config.content()).or(() -> preset.flatMap(Preset::content)),
            problems.in("content"));
    checkAnswer(config.answer(), problems.in("answer"));
    return problems.lines().size() == before && scheme.isPresent() && content.isPresent()
        ? Optional.of(new Source(scheme.get(), content.get()))
        : Optional.empty();
  }

  @Override
  public CallbackAnswer accepted() {
    return new CallbackAnswer(200, JSON, "{\"code\":\"SUCCESS\"}");
  }

  @Override
  public CallbackAnswer declined(Rejection rejection) {
    return new CallbackAnswer(rejection.httpStatus(), JSON, "{\"code\":\"FAIL\"}");
  }

  private static HmacSignature orNone(@Nullable HmacSignature signature) {
    return signature == null ? HmacSignature.NONE : signature;
  }

  private static Optional<CallbackAnswer> answer(HmacConfig config) {
    return Optional.ofNullable(config.answer())
        .map(
            answer ->
                new CallbackAnswer(
                    answer.status() == null ? 200 : answer.status(),
                    answer.contentType() == null ? "text/plain" : answer.contentType(),
                    AccountChecks.orEmpty(answer.body())));
  }

  private static void checkAnswer(@Nullable HmacAnswer answer, Problems problems) {
    if (answer == null) {
      return;
    }
    Integer status = answer.status();
    if (status != null && (status < 200 || status > 299)) {
      problems.in("status").add("is " + status + "; success is 200 to 299.");
    }
    if (answer.contentType() != null && !CONTENT_TYPE.matcher(answer.contentType()).matches()) {
      problems.in("contentType").add("must be a media type such as text/plain.");
    }
    if (answer.body() != null && !BODY.matcher(answer.body()).matches()) {
      problems.in("body").add("must be ASCII, at most 256 characters.");
    } else if (Integer.valueOf(204).equals(status)
        && !AccountChecks.orEmpty(answer.body()).isEmpty()) {
      problems.in("body").add("must be empty: 204 has none.");
    }
  }
}

package io.paidonce.gateway;

import io.paidonce.contract.Authentication;
import io.paidonce.contract.Evidence;
import io.paidonce.contract.NotificationKind;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.Rejection;
import io.paidonce.contract.Witness;
import io.paidonce.providers.Account;
import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.CallbackAnswer;
import io.paidonce.providers.CallbackProtocol;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A protocol without keys: each request says in header {@code x-says} what to make of it. */
record SpokenProtocol(String id, String provider)
    implements CallbackProtocol<SpokenProtocol.Config> {

  record Config(String protocol, String id, String shop) implements AccountConfig {}

  @Override
  public Class<Config> configType() {
    return Config.class;
  }

  @Override
  public Optional<Account> open(Config config, Problems problems) {
    if (config.shop().isBlank()) {
      problems.in("shop").add("is blank");
      return Optional.empty();
    }
    return Optional.of(new SpokenAccount(this, config));
  }

  @Override
  public CallbackAnswer accepted() {
    return new CallbackAnswer(200, "text/plain", "yes");
  }

  @Override
  public CallbackAnswer declined(Rejection rejection) {
    return new CallbackAnswer(rejection.httpStatus(), "text/plain", "no");
  }

  private record SpokenAccount(SpokenProtocol protocol, Config config) implements Account {

    @Override
    public String id() {
      return config.id();
    }

    @Override
    public String shop() {
      return config.shop();
    }

    @Override
    public Verdict receive(CallbackRequest request) {
      List<String> says = request.header("x-says");
      Evidence evidence = new Evidence("none", Map.of(), request.body());
      String word = says.isEmpty() ? "1" : says.get(0);
      return switch (word) {
        case "broken" -> throw new IllegalStateException("a fault of ours");
        case "unreadable" -> new Verdict.Unreadable("amount: is text", evidence);
        case "1", "2" -> new Verdict.Authentic(notifications(request, evidence, word));
        default -> new Verdict.Refused(Rejection.valueOf(word), "because\r\nof a test");
      };
    }

    private List<PaymentNotification> notifications(
        CallbackRequest request, Evidence evidence, String count) {
      return IntStream.range(0, Integer.parseInt(count))
          .mapToObj(i -> notification(request, evidence))
          .toList();
    }

    private PaymentNotification notification(CallbackRequest request, Evidence evidence) {
      return new PaymentNotification(
          PaymentNotification.SCHEMA,
          protocol.provider(),
          config.id(),
          protocol.id(),
          config.shop(),
          null,
          NotificationKind.UNRECOGNISED,
          "spoken",
          null,
          request.deliveryId(),
          Authentication.SIGNED,
          Witness.CALLBACK,
          request.receivedAt(),
          null,
          null,
          evidence);
    }
  }
}

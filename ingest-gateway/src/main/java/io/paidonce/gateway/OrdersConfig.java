package io.paidonce.gateway;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.paidonce.providers.Problems;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Commands by HTTP, for order services without a Kafka client. There is no such door unless a token
 * is configured.
 *
 * @param endpoint where they come in; not for the internet
 * @param queryUrl where the query API is reached, before {@code /v1/commands/…} in answers; empty
 *     for the path alone
 * @param tokens who may send them
 */
public record OrdersConfig(Endpoint endpoint, String queryUrl, List<OrderToken> tokens) {

  private static final Endpoint DEFAULT_ENDPOINT = new Endpoint("127.0.0.1", 8082);

  public OrdersConfig {
    requireNonNull(endpoint, "endpoint");
    requireNonNull(queryUrl, "queryUrl");
    tokens = List.copyOf(tokens);
  }

  @JsonCreator
  static OrdersConfig bind(
      @JsonProperty("endpoint") @Nullable Endpoint endpoint,
      @JsonProperty("queryUrl") @Nullable String queryUrl,
      @JsonProperty("tokens") @Nullable List<OrderToken> tokens) {
    return new OrdersConfig(
        endpoint == null ? DEFAULT_ENDPOINT : endpoint,
        queryUrl == null ? "" : queryUrl,
        tokens == null ? List.of() : tokens);
  }

  /** No door. */
  public static OrdersConfig off() {
    return bind(null, null, null);
  }

  boolean isOpen() {
    return !tokens.isEmpty();
  }

  void check(Problems problems) {
    endpoint.check(problems.in("endpoint"));
    if (!queryUrl.isEmpty() && !queryUrl.matches("https?://[^\\s/]+(/[^\\s]*)?")) {
      problems.in("queryUrl").add("must be an http or https address, or left out");
    }
    Map<String, Integer> names = new HashMap<>();
    Map<String, Integer> digests = new HashMap<>();
    for (int i = 0; i < tokens.size(); i++) {
      Problems here = problems.in("tokens").at(i);
      tokens.get(i).check(here);
      unique(names, tokens.get(i).name(), i, here.in("name"));
      unique(digests, tokens.get(i).sha256(), i, here.in("sha256"));
    }
  }

  private static void unique(Map<String, Integer> seen, String value, int index, Problems here) {
    Integer earlier = seen.putIfAbsent(value, index);
    if (earlier != null) {
      here.add("is that of tokens[" + earlier + "] too; each sender has a token of its own");
    }
  }
}

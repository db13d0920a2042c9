package io.paidonce.launcher.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.paidonce.providers.ApiCredentials;
import io.paidonce.providers.ApiProtocol;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Protocols;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The credentials of a configuration, each bound to its protocol's own record. */
final class Credentials {

  private Credentials() {}

  /** The credentials in their order; incomplete where a problem was reported. */
  static List<ApiCredentials> bind(JsonNode list, Problems problems) {
    List<ApiCredentials> bound = new ArrayList<>();
    if (!list.isArray()) {
      problems.add("should be a list with at least one account's credentials");
    }
    for (int i = 0; i < list.size(); i++) {
      bindOne(list.get(i), problems.at(i)).ifPresent(bound::add);
    }
    return bound;
  }

  private static Optional<? extends ApiCredentials> bindOne(JsonNode node, Problems problems) {
    JsonNode id = node.path("protocol");
    Optional<ApiProtocol<?, ?>> protocol =
        Protocols.asked().stream().filter(p -> p.id().equals(id.asText())).findFirst();
    if (protocol.isEmpty()) {
      problems
          .in("protocol")
          .add(
              id.isTextual()
                  ? "\"" + id.textValue() + "\" can't be asked; one of " + known()
                  : "is missing; one of " + known());
      return Optional.empty();
    }
    return RecordBinder.bind(node, protocol.get().credentialsType(), problems);
  }

  private static String known() {
    return Protocols.asked().stream().map(ApiProtocol::id).collect(Collectors.joining(", "));
  }
}

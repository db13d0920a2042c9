package io.paidonce.launcher.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.CallbackProtocol;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Protocols;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The accounts of a configuration: each bound to its protocol's own record, its keys tried, its
 * shop known, none listed twice.
 */
final class Accounts {

  private final Set<String> shops;
  private final Map<String, Integer> seen = new HashMap<>();
  private final List<AccountConfig> bound = new ArrayList<>();

  private Accounts(Set<String> shops) {
    this.shops = shops;
  }

  /** The accounts in their order; incomplete where a problem was reported. */
  static List<AccountConfig> bind(JsonNode list, Set<String> shops, Problems problems) {
    if (!list.isArray() || list.isEmpty()) {
      problems.add("should be a list with at least one account");
      return List.of();
    }
    Accounts accounts = new Accounts(shops);
    for (int i = 0; i < list.size(); i++) {
      accounts.bindOne(list.get(i), i, problems.at(i));
    }
    return List.copyOf(accounts.bound);
  }

  private void bindOne(JsonNode node, int index, Problems problems) {
    JsonNode id = node.path("protocol");
    if (!id.isTextual()) {
      problems.in("protocol").add("is missing; one of " + known());
      return;
    }
    Optional<CallbackProtocol<?>> protocol = Protocols.byId(id.textValue());
    if (protocol.isEmpty()) {
      problems.in("protocol").add("\"" + id.textValue() + "\" is not known; one of " + known());
      return;
    }
    bindAs(protocol.get(), node, index, problems);
  }

  private <C extends AccountConfig> void bindAs(
      CallbackProtocol<C> protocol, JsonNode node, int index, Problems problems) {
    Optional<C> config = RecordBinder.bind(node, protocol.configType(), problems);
    if (config.isEmpty()) {
      return;
    }
    String name = protocol.id() + " " + config.get().id();
    Integer first = seen.putIfAbsent(name, index);
    if (first != null) {
      problems.add("account " + name + " stands at accounts[" + first + "] already; keep one");
    }
    if (!shops.contains(config.get().shop())) {
      problems
          .in("shop")
          .add("\"" + config.get().shop() + "\" is not among shops; add it there or correct it");
    }
    // Opened for its problems only: the service that uses it opens it again.
    if (protocol.open(config.get(), problems).isPresent()) {
      bound.add(config.get());
    }
  }

  private static String known() {
    return Protocols.all().stream().map(CallbackProtocol::id).collect(Collectors.joining(", "));
  }
}

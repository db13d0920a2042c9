package io.paidonce.launcher;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.OrderKey;
import io.paidonce.launcher.console.OrderText;
import io.paidonce.launcher.console.Progress;
import io.paidonce.projector.ProjectorConfig;
import io.paidonce.projector.StoreLookup;
import io.paidonce.projector.TopicLookup;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the one order that an id means: in PostgreSQL, or in the topics alone where that is away.
 *
 * @param store the read store; empty where it is not to be asked
 * @param shop only orders of this shop; absent for any
 * @param err is told why there is none, or not one
 */
record OrderStories(
    Optional<ProjectorConfig> store,
    String bootstrapServers,
    @Nullable String shop,
    PrintWriter err) {

  private interface Teller {
    Optional<ObjectNode> tell(OrderKey order) throws SQLException;
  }

  /** Its story; empty where that was explained. */
  Optional<ObjectNode> find(String id) throws SQLException {
    if (store.isPresent()) {
      try (StoreLookup lookup = new StoreLookup(store.get())) {
        return one(id, lookup.find(id), lookup::tell);
      } catch (SQLException e) {
        err.println(
            "paidonce: PostgreSQL does not answer ("
                + e.getMessage()
                + "); reading the topics instead");
      }
    }
    Progress progress = Progress.onStandardError();
    try (TopicLookup topics =
        new TopicLookup(
            bootstrapServers,
            read -> progress.show(String.format(Locale.ROOT, "%,d records read", read)))) {
      return one(id, topics.find(id), topics::tell);
    } finally {
      progress.done();
    }
  }

  private Optional<ObjectNode> one(String id, Map<OrderKey, Set<String>> found, Teller teller)
      throws SQLException {
    if (shop != null) {
      found.keySet().removeIf(order -> !order.shop().equals(shop));
    }
    if (found.isEmpty()) {
      err.println(
          "paidonce: nothing is known under "
              + OrderText.safe(id)
              + (shop == null ? "" : " of shop " + OrderText.safe(shop))
              + "; ids are compared exactly, upper and lower case included");
      return Optional.empty();
    }
    if (found.size() > 1) {
      err.println("paidonce: several orders have this id; name one with its number and --shop:");
      found.forEach(
          (order, kinds) ->
              err.println(
                  "  "
                      + OrderText.safe(order.toString())
                      + "  ("
                      + String.join(", ", kinds)
                      + ")"));
      return Optional.empty();
    }
    return teller.tell(found.keySet().iterator().next());
  }
}

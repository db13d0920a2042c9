package io.paidonce.launcher.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.paidonce.gateway.RetiringKey;
import io.paidonce.providers.EvidenceCheck;
import io.paidonce.providers.Problems;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** When keys end, of the list that tells the gateway. */
final class KeyEnds {

  private KeyEnds() {}

  static Map<String, Map<String, Instant>> of(JsonNode retiringKeys, Problems problems) {
    Map<String, Map<String, Instant>> ends = new HashMap<>();
    for (int i = 0; i < retiringKeys.size(); i++) {
      Problems here = problems.at(i);
      Optional<RetiringKey> key = RecordBinder.bind(retiringKeys.get(i), RetiringKey.class, here);
      if (key.isPresent()) {
        Optional<Instant> end = key.get().end(here);
        end.ifPresent(
            until ->
                ends.computeIfAbsent(account(key.get()), any -> new HashMap<>())
                    .put(key.get().key(), until));
      }
    }
    return ends;
  }

  // Written as the callback's path, wechat-v3/MCHID.
  private static String account(RetiringKey key) {
    int slash = key.account().indexOf('/');
    return slash < 0
        ? key.account()
        : EvidenceCheck.name(key.account().substring(0, slash), key.account().substring(slash + 1));
  }
}

package io.paidonce.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parameters of a query, every value of each; one that can't be decoded has none. */
record QueryParameters(@Nullable String query) {

  List<String> all(String name) {
    List<String> values = new ArrayList<>();
    if (query != null) {
      for (String pair : query.split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals == name.length() && pair.startsWith(name)) {
          try {
            values.add(URLDecoder.decode(pair.substring(equals + 1), UTF_8));
          } catch (IllegalArgumentException e) {
            return List.of();
          }
        }
      }
    }
    return values;
  }
}

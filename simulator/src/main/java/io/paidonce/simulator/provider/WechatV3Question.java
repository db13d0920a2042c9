package io.paidonce.simulator.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.paidonce.providers.StrictJson;
import io.paidonce.providers.UnreadableContentException;
import java.net.URLDecoder;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request to WeChat Pay asks for, by its method and path.
 *
 * @param order the last part of the path, decoded; of a refund its number in the body
 * @param mchid what the query or the body states; empty where it states none
 * @param body empty where it is no JSON object
 */
record WechatV3Question(Asked.Kind kind, String order, String mchid, JsonNode body) {

  private record Route(String method, Pattern path, Asked.Kind kind) {}

  private static final String ORDER = "/v3/pay/transactions/out-trade-no/([^/]+)";
  private static final String COMBINED = "/v3/combine-transactions/out-trade-no/([^/]+)";
  private static final String REFUNDS = "/v3/refund/domestic/refunds";
  private static final List<Route> ROUTES =
      List.of(
          route("GET", "/v3/pay/transactions/id/([^/]+)", Asked.Kind.QUERY_TRANSACTION),
          route("GET", ORDER, Asked.Kind.QUERY),
          route("POST", ORDER + "/close", Asked.Kind.CLOSE),
          route("GET", COMBINED, Asked.Kind.QUERY_COMBINED),
          route("POST", COMBINED + "/close", Asked.Kind.CLOSE_COMBINED),
          route("POST", REFUNDS + "()", Asked.Kind.REFUND),
          route("GET", REFUNDS + "/([^/]+)", Asked.Kind.QUERY_REFUND),
          route("GET", "/v3/certificates()", Asked.Kind.CERTIFICATES));
  private static final Pattern MCHID = Pattern.compile("(?:^|&)mchid=([^&]*)");

  static WechatV3Question of(ApiCall call) {
    JsonNode body = body(call);
    for (Route route : ROUTES) {
      Matcher path = route.path().matcher(call.path());
      if (route.method().equals(call.method()) && path.matches()) {
        String order =
            route.kind() == Asked.Kind.REFUND
                ? body.path("out_refund_no").asText("")
                : decoded(path.group(1));
        return new WechatV3Question(route.kind(), order, mchid(call, body), body);
      }
    }
    return new WechatV3Question(Asked.Kind.UNREADABLE, call.path(), "", body);
  }

  private static String mchid(ApiCall call, JsonNode body) {
    Matcher query = MCHID.matcher(call.query());
    return query.find() ? decoded(query.group(1)) : body.path("mchid").asText("");
  }

  private static JsonNode body(ApiCall call) {
    try {
      return call.body().length() == 0
          ? JsonNodeFactory.instance.objectNode()
          : StrictJson.object(call.body().bytes(), "the request");
    } catch (UnreadableContentException e) {
      return JsonNodeFactory.instance.objectNode();
    }
  }

  // In a path a plus is a plus; the JDK's decoder is for forms.
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static Route route(String method, String path, Asked.Kind kind) {
    return new Route(method, Pattern.compile(path), kind);
  }
}

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
 * @param mchid who the query or the body says is asking; empty where they don't
 * @param subMchid whose order a partner asks about; empty where it is its own
 * @param body empty where it is no JSON object
 */
record WechatV3Question(
    Asked.Kind kind, String order, String mchid, String subMchid, JsonNode body) {

  private record Route(String method, Pattern path, Asked.Kind kind) {}

  private static final String ID = "/v3/pay/(?:partner/)?transactions/id/([^/]+)";
  private static final String ORDER = "/v3/pay/(?:partner/)?transactions/out-trade-no/([^/]+)";
  private static final String COMBINED = "/v3/combine-transactions/out-trade-no/([^/]+)";
  private static final String REFUNDS = "/v3/refund/domestic/refunds";
  private static final List<Route> ROUTES =
      List.of(
          route("GET", ID, Asked.Kind.QUERY_TRANSACTION),
          route("GET", ORDER, Asked.Kind.QUERY),
          route("POST", ORDER + "/close", Asked.Kind.CLOSE),
          route("GET", COMBINED, Asked.Kind.QUERY_COMBINED),
          route("POST", COMBINED + "/close", Asked.Kind.CLOSE_COMBINED),
          route("POST", REFUNDS + "()", Asked.Kind.REFUND),
          route("GET", REFUNDS + "/([^/]+)", Asked.Kind.QUERY_REFUND),
          route("GET", "/v3/certificates()", Asked.Kind.CERTIFICATES));

  static WechatV3Question of(ApiCall call) {
    JsonNode body = body(call);
    String mchid = stated(call, body, call.path().contains("/partner/") ? "sp_mchid" : "mchid");
    String subMchid = stated(call, body, "sub_mchid");
    for (Route route : ROUTES) {
      Matcher path = route.path().matcher(call.path());
      if (route.method().equals(call.method()) && path.matches()) {
        String order =
            route.kind() == Asked.Kind.REFUND
                ? body.path("out_refund_no").asText("")
                : decoded(path.group(1));
        return new WechatV3Question(route.kind(), order, mchid, subMchid, body);
      }
    }
    return new WechatV3Question(Asked.Kind.UNREADABLE, call.path(), mchid, subMchid, body);
  }

  private static String stated(ApiCall call, JsonNode body, String name) {
    for (String pair : call.query().split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return decoded(pair.substring(name.length() + 1));
      }
    }
    return body.path(name).asText("");
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

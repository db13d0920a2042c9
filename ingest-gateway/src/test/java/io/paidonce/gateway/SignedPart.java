package io.paidonce.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.paidonce.contract.RawBytes;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.hmac.HmacSigner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A part of a good request without which its signature proves nothing, wherever its protocol puts
 * it.
 */
record SignedPart(GoodRequest good, Place place, String name) {

  enum Place {
    HEADER,
    QUERY,
    FORM,
    XML
  }

  /** Every such part of every protocol. */
  static Stream<SignedPart> all() {
    List<SignedPart> parts = new ArrayList<>();
    for (GoodRequest good : GoodRequest.all()) {
      switch (good.protocol()) {
        case "alipay" -> add(parts, good, Place.FORM, "sign", "sign_type");
        case "wechat-v2" -> add(parts, good, Place.XML, "sign");
        case "hmac" -> add(parts, good, Place.HEADER, "x-signature", "x-timestamp");
        case "wechat-v3" ->
            add(
                parts,
                good,
                Place.HEADER,
                "Wechatpay-Timestamp",
                "Wechatpay-Nonce",
                "Wechatpay-Signature",
                "Wechatpay-Serial");
        default -> throw new IllegalStateException("no parts known of " + good.protocol());
      }
    }
    add(parts, signedInItsQuery(), Place.QUERY, "x-signature", "x-timestamp");
    return parts.stream();
  }

  private static GoodRequest signedInItsQuery() {
    return new GoodRequest(
        Shops.HMAC_IN_QUERY,
        new HmacSigner(Shops.hmac("query", "query"))
            .payment(Shops.notice(RunningGateway.NOW), RunningGateway.NOW));
  }

  private static void add(List<SignedPart> parts, GoodRequest good, Place place, String... names) {
    Stream.of(names).forEach(name -> parts.add(new SignedPart(good, place, name)));
  }

  /** The whole request with these values in place of the part; none takes it out. */
  String sentWith(String... values) {
    Map<String, String> headers = new HashMap<>(good.callback().headers());
    String query = headers.remove(CallbackRequest.QUERY);
    String body = new String(good.callback().body().bytes(), ISO_8859_1);
    String lines = "";
    switch (place) {
      case HEADER -> {
        assertThere(headers.remove(name) != null);
        lines = Stream.of(values).map(v -> name + ": " + v + "\r\n").collect(Collectors.joining());
      }
      case QUERY -> query = pairsWith(query == null ? "" : query, values);
      case FORM -> body = pairsWith(body, values);
      case XML -> {
        String element = "<" + name + ">.*?</" + name + ">";
        assertThere(body.matches("(?s).*" + element + ".*"));
        body =
            body.replaceFirst(
                element,
                Stream.of(values)
                    .map(v -> "<" + name + "><![CDATA[" + v + "]]></" + name + ">")
                    .collect(Collectors.joining()));
      }
    }
    return Shops.request(
        query == null ? good.path() : good.path() + "?" + query,
        Shops.headerLines(headers) + lines,
        new SignedCallback(Map.of(), RawBytes.of(body.getBytes(ISO_8859_1))));
  }

  /** Its value in the good request. */
  String value() {
    String body = new String(good.callback().body().bytes(), ISO_8859_1);
    return switch (place) {
      case HEADER -> good.callback().headers().getOrDefault(name, "");
      case QUERY -> pairValue(good.callback().headers().getOrDefault(CallbackRequest.QUERY, ""));
      case FORM -> pairValue(body);
      case XML -> body.replaceFirst("(?s).*<" + name + "><!\\[CDATA\\[(.*?)]].*", "$1");
    };
  }

  private String pairsWith(String pairs, String... values) {
    List<String> kept = new ArrayList<>(List.of(pairs.split("&", -1)));
    assertThere(kept.removeIf(pair -> pair.startsWith(name + "=")));
    Stream.of(values).forEach(value -> kept.add(name + "=" + value.replace(" ", "%20")));
    return String.join("&", kept);
  }

  private String pairValue(String pairs) {
    return Stream.of(pairs.split("&", -1))
        .filter(pair -> pair.startsWith(name + "="))
        .map(pair -> pair.substring(name.length() + 1))
        .findFirst()
        .orElse("");
  }

  private void assertThere(boolean there) {
    if (!there) {
      throw new IllegalStateException(this + " is not in the request");
    }
  }

  @Override
  public String toString() {
    return good.path() + " " + place + " " + name;
  }
}

package io.paidonce.providers.wechatv3;

import com.fasterxml.jackson.databind.JsonNode;
import io.paidonce.providers.StatedPayee;
import io.paidonce.providers.StrictJson;
import io.paidonce.providers.UnreadableContentException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who got the money and who should have: the merchant, and its app where apps are configured. Two
 * that differ are no fault of the notice; they become a PAYEE_MISMATCH later.
 */
record Payee(String actual, String expected) {

  /** Of a payment; in partner mode the sub merchant is paid. */
  static Payee of(JsonNode resource, WechatV3Config config) throws UnreadableContentException {
    boolean partner = resource.has("sub_mchid");
    String mchid = StrictJson.text(resource, partner ? "sub_mchid" : "mchid");
    return withApp(
        mchid,
        config.id(),
        resource,
        partner ? "sub_appid" : null,
        resource,
        partner ? "sp_appid" : "appid",
        config);
  }

  /**
   * Of a sub order of a combined payment. The account's own keys authenticate the notice, but its
   * money may go to others: to those that the configuration lists, and to nobody else.
   */
  static Payee ofSubOrder(JsonNode subOrder, JsonNode combined, WechatV3Config config)
      throws UnreadableContentException {
    String mchid = merchant(subOrder);
    String expected = config.mayReceive(mchid) ? mchid : config.id();
    String combineMchid = StrictJson.text(combined, "combine_mchid");
    if (!combineMchid.equals(config.id())) {
      // Someone else's combined payment: whoever its sub orders pay, none is one of ours.
      return new Payee(combineMchid + "/" + mchid, config.id() + "/" + expected);
    }
    return withApp(mchid, expected, subOrder, "sub_appid", combined, "combine_appid", config);
  }

  /** The merchant that a resource is about, stated in either of two ways. */
  static String merchant(JsonNode resource) throws UnreadableContentException {
    @Nullable String sub = StrictJson.optionalText(resource, "sub_mchid");
    return sub == null || sub.isBlank() ? StrictJson.text(resource, "mchid") : sub;
  }

  // Where apps are configured, one must be stated; the payee's own, if it is stated, or its
  // partner's may be ours.
  private static Payee withApp(
      String mchid,
      String expectedMchid,
      JsonNode own,
      @Nullable String ownField,
      JsonNode common,
      String commonField,
      WechatV3Config config)
      throws UnreadableContentException {
    List<String> configured = config.appIds();
    if (configured.isEmpty()) {
      return new Payee(mchid, expectedMchid);
    }
    @Nullable String ownApp = ownField == null ? null : StrictJson.optionalText(own, ownField);
    List<String> stated =
        Stream.of(ownApp == null ? "" : ownApp, StrictJson.text(common, commonField))
            .filter(app -> !app.isBlank())
            .toList();
    StatedPayee payee = StatedPayee.ofApp(mchid, expectedMchid, stated, configured);
    return new Payee(payee.actual(), payee.expected());
  }
}

package io.paidonce.providers.wechatv2;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.providers.Account;
import io.paidonce.providers.CallbackAnswer;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.CallbackSigner;
import io.paidonce.providers.Callbacks;
import io.paidonce.providers.ProtocolSample;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** API v2 for the contract test: everything is in the XML, read here by the JDK's DOM. */
public final class WechatV2Sample implements ProtocolSample {

  private static final String SUCCESS =
      "<xml><return_code><![CDATA[SUCCESS]]></return_code>"
          + "<return_msg><![CDATA[OK]]></return_msg></xml>";
  private static final String FAIL =
      "<xml><return_code><![CDATA[FAIL]]></return_code>"
          + "<return_msg><![CDATA[not accepted]]></return_msg></xml>";

  private final Account account = WechatV2Fixture.account();

  @Override
  public String protocolId() {
    return "wechat-v2";
  }

  @Override
  public Account account() {
    return account;
  }

  @Override
  public CallbackSigner signer() {
    return WechatV2Fixture.noticeSigner();
  }

  @Override
  public CallbackSigner.PaidNotice notice() {
    return WechatV2Fixture.NOTICE;
  }

  @Override
  public CallbackSigner.RefundNotice refund() {
    return WechatV2Fixture.REFUND;
  }

  @Override
  public boolean signsRefunds() {
    return false;
  }

  @Override
  public List<String> signatureFields() {
    return List.of("sign");
  }

  @Override
  public String value(CallbackRequest request, String field) {
    Map<String, String> fields = fields(request);
    if (!fields.containsKey(field)) {
      throw new IllegalArgumentException("no " + field);
    }
    return fields.get(field);
  }

  @Override
  public CallbackRequest with(CallbackRequest request, String field, List<String> values) {
    String xml = new String(request.body().bytes(), UTF_8);
    String others = xml.replaceAll("(?s)<" + field + ">.*?</" + field + ">", "");
    // A mutation may hold what XML can't; then it is no XML, which is a mutation too.
    String those =
        values.stream()
            .map(value -> "<" + field + "><![CDATA[" + value + "]]></" + field + ">")
            .collect(Collectors.joining());
    return Callbacks.withBody(request, others.replace("</xml>", those + "</xml>").getBytes(UTF_8));
  }

  @Override
  public boolean sameContent(CallbackRequest one, CallbackRequest other) {
    try {
      return fields(one).equals(fields(other));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public CallbackAnswer accepted() {
    return new CallbackAnswer(200, "text/xml", SUCCESS);
  }

  @Override
  public CallbackAnswer declinedWith(int status) {
    return new CallbackAnswer(status, "text/xml", FAIL);
  }

  // Empty fields carry nothing.
  private static Map<String, String> fields(CallbackRequest request) {
    Map<String, String> fields = new TreeMap<>();
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      Node root =
          builder.parse(new ByteArrayInputStream(request.body().bytes())).getDocumentElement();
      for (Node at = root.getFirstChild(); at != null; at = at.getNextSibling()) {
        if (at.getNodeType() == Node.ELEMENT_NODE && !at.getTextContent().isEmpty()) {
          fields.put(at.getNodeName(), at.getTextContent());
        }
      }
      return fields;
    } catch (IOException | SAXException e) {
      throw new IllegalArgumentException("no XML", e);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }
}

package io.paidonce.simulator.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.providers.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** The fields of a message of WeChat Pay v2: one level of XML, signed as a sorted list. */
final class WechatV2Fields {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private WechatV2Fields() {}

  /** What a body says; nothing where it is no such XML. */
  static SortedMap<String, String> read(byte[] body) {
    SortedMap<String, String> fields = new TreeMap<>();
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      Element root =
          factory.newDocumentBuilder().parse(new ByteArrayInputStream(body)).getDocumentElement();
      for (Node child = root.getFirstChild(); child != null; child = child.getNextSibling()) {
        if (child instanceof Element field) {
          fields.put(field.getTagName(), field.getTextContent());
        }
      }
    } catch (SAXException | IOException e) {
      fields.clear();
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("this JVM reads no XML safely", e);
    }
    return fields;
  }

  static byte[] written(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(
            field ->
                "<"
                    + field.getKey()
                    + "><![CDATA["
                    + field.getValue().replace("]]>", "]]]]><![CDATA[>")
                    + "]]></"
                    + field.getKey()
                    + ">")
        .collect(Collectors.joining("\n", "<xml>", "</xml>"))
        .getBytes(UTF_8);
  }

  /** By the algorithm that the fields name; where they name none, MD5. */
  static String signature(SortedMap<String, String> fields, Secret apiKey) {
    return "HMAC-SHA256".equals(fields.get("sign_type"))
        ? hmac(fields, apiKey)
        : md5(fields, apiKey);
  }

  static String hmac(SortedMap<String, String> fields, Secret apiKey) {
    try {
      Mac hmac = Mac.getInstance("HmacSHA256");
      hmac.init(new SecretKeySpec(apiKey.revealBytes(), "HmacSHA256"));
      return HEX.formatHex(hmac.doFinal(signed(fields, apiKey)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no HMAC-SHA256", e);
    }
  }

  private static String md5(SortedMap<String, String> fields, Secret apiKey) {
    try {
      return HEX.formatHex(MessageDigest.getInstance("MD5").digest(signed(fields, apiKey)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no MD5", e);
    }
  }

  // All fields that say something, but the signature itself.
  private static byte[] signed(SortedMap<String, String> fields, Secret apiKey) {
    return fields.entrySet().stream()
        .filter(field -> !field.getKey().equals("sign") && !field.getValue().isEmpty())
        .map(field -> field.getKey() + "=" + field.getValue())
        .collect(Collectors.joining("&", "", "&key=" + apiKey.reveal()))
        .getBytes(UTF_8);
  }
}

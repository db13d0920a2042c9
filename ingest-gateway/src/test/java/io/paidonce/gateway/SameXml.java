package io.paidonce.gateway;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** Whether two messages of WeChat Pay v2 have the same fields, as the JDK's DOM reads them. */
final class SameXml {

  private SameXml() {}

  static boolean says(byte[] one, byte[] other) {
    try {
      return fields(one).equals(fields(other));
    } catch (IOException | SAXException e) {
      return false;
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  // Empty fields carry nothing.
  private static Map<String, String> fields(byte[] body)
      throws IOException, SAXException, ParserConfigurationException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    DocumentBuilder builder = factory.newDocumentBuilder();
    builder.setErrorHandler(null);
    Map<String, String> fields = new TreeMap<>();
    Node root = builder.parse(new ByteArrayInputStream(body)).getDocumentElement();
    for (Node at = root.getFirstChild(); at != null; at = at.getNextSibling()) {
      if (at.getNodeType() == Node.ELEMENT_NODE && !at.getTextContent().isEmpty()) {
        fields.put(at.getNodeName(), at.getTextContent());
      }
    }
    return fields;
  }
}

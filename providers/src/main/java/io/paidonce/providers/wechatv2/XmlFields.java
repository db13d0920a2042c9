package io.paidonce.providers.wechatv2;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.Rejection;
import io.paidonce.providers.AccountChecks;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The fields of a message: one level of elements under one root, each name once. What XML can do
 * beyond that (document types, entities, attributes, comments) no message of the provider does, and
 * whoever sends it is after the parser.
 *
 * @param byName texts as they are after parsing, not trimmed, in the order of their names
 */
record XmlFields(SortedMap<String, String> byName) {

  /** The root of every message but the decrypted part of a refund's notice. */
  static final String ROOT = "xml";

  /** The root of that part. */
  static final String REFUND_ROOT = "root";

  static final int MAX_BYTES = 1 << 16;

  private static final int MAX_FIELDS = 500;
  // A name with '=' or '&' in it would let one signed text be cut into other fields.
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]{1,64}");
  private static final Pattern BREAKS_XML =
      Pattern.compile("[\\x00-\\x08\\x0B-\\x1F\\x7F\\uFFFE\\uFFFF]|\\p{Cs}");

  XmlFields {
    byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
  }

  /** Reads a message in UTF-8, which all of them are, whatever their first line says. */
  static XmlFields parse(byte[] body, String root) throws MalformedXmlException {
    if (body.length > MAX_BYTES) {
      throw new MalformedXmlException(
          "the XML is " + body.length + " bytes long; at most " + MAX_BYTES + " are read");
    }
    String text = decoded(body);
    try {
      XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(text));
      try {
        return read(reader, root);
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      // Its message may quote the content, which may be personal data.
      throw new MalformedXmlException("the body is not one well-formed XML document");
    }
  }

  /** Whether a text comes out of XML as it went in. */
  static boolean isWritable(String text) {
    return !BREAKS_XML.matcher(text).find();
  }

  /**
   * Writes a message.
   *
   * @throws IllegalArgumentException if a name is none, or a value is not {@link #isWritable}
   */
  static String written(String root, Map<String, String> fields) {
    StringBuilder xml = new StringBuilder(512).append('<').append(root).append('>');
    fields.forEach(
        (name, value) -> {
          if (!NAME.matcher(name).matches() || !isWritable(value)) {
            throw new IllegalArgumentException(
                AccountChecks.shown(name) + " or its value can't be written as XML");
          }
          xml.append('<').append(name).append("><![CDATA[");
          xml.append(value.replace("]]>", "]]]]><![CDATA[>"));
          xml.append("]]></").append(name).append('>');
        });
    return xml.append("</").append(root).append('>').toString();
  }

  private static XMLInputFactory factory() {
    // The JDK's own: another one on the class path may not know these properties or not obey them.
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    return factory;
  }

  private static XmlFields read(XMLStreamReader reader, String root)
      throws XMLStreamException, MalformedXmlException {
    requirePlainDeclaration(reader);
    SortedMap<String, String> fields = new TreeMap<>();
    next(reader, XMLStreamConstants.START_ELEMENT);
    require(startsPlainly(reader) && reader.getLocalName().equals(root), "the root is not " + root);
    while (nextTag(reader) == XMLStreamConstants.START_ELEMENT) {
      require(
          startsPlainly(reader), "a name is not 1 to 64 letters, digits, '_', or has attributes");
      String name = reader.getLocalName();
      if (fields.put(name, text(reader)) != null) {
        throw new MalformedXmlException(
            Rejection.REPEATED_SIGNATURE_FIELD, "the field " + name + " occurs more than once");
      }
      require(fields.size() <= MAX_FIELDS, "there are more than " + MAX_FIELDS + " fields");
    }
    next(reader, XMLStreamConstants.END_DOCUMENT);
    return new XmlFields(fields);
  }

  private static void requirePlainDeclaration(XMLStreamReader reader) throws MalformedXmlException {
    String encoding = reader.getCharacterEncodingScheme();
    String version = reader.getVersion();
    require(
        (encoding == null || encoding.equalsIgnoreCase("UTF-8"))
            && (version == null || version.equals("1.0")),
        "the XML declares another version than 1.0 or another encoding than UTF-8");
  }

  private static boolean startsPlainly(XMLStreamReader reader) {
    return reader.getAttributeCount() == 0 && NAME.matcher(reader.getLocalName()).matches();
  }

  // The text of an element that holds nothing but text, as one piece or as several.
  private static String text(XMLStreamReader reader)
      throws XMLStreamException, MalformedXmlException {
    StringBuilder text = new StringBuilder();
    int event = reader.next();
    while (isText(event)) {
      text.append(reader.getText());
      event = reader.next();
    }
    require(event == XMLStreamConstants.END_ELEMENT, "a field holds something other than text");
    return text.toString();
  }

  // The next element's start or end; between elements stands white space and nothing else.
  private static int nextTag(XMLStreamReader reader)
      throws XMLStreamException, MalformedXmlException {
    int event = reader.next();
    while (isText(event)) {
      require(reader.getText().isBlank(), "text stands between the fields");
      event = reader.next();
    }
    require(
        event == XMLStreamConstants.START_ELEMENT || event == XMLStreamConstants.END_ELEMENT,
        "a comment, an entity or an instruction stands between the fields");
    return event;
  }

  private static void next(XMLStreamReader reader, int wanted)
      throws XMLStreamException, MalformedXmlException {
    int event = reader.next();
    while (event == XMLStreamConstants.SPACE) {
      event = reader.next();
    }
    require(
        event == wanted, "a document type, a comment or an instruction stands outside the root");
  }

  private static boolean isText(int event) {
    return event == XMLStreamConstants.CHARACTERS
        || event == XMLStreamConstants.CDATA
        || event == XMLStreamConstants.SPACE;
  }

  private static void require(boolean condition, String otherwise) throws MalformedXmlException {
    if (!condition) {
      throw new MalformedXmlException(otherwise);
    }
  }

  private static String decoded(byte[] body) throws MalformedXmlException {
    try {
      return UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(body))
          .toString();
    } catch (CharacterCodingException e) {
      throw new MalformedXmlException("the body is not text in UTF-8");
    }
  }
}

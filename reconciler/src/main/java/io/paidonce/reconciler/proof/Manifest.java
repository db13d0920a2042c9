package io.paidonce.reconciler.proof;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.paidonce.contract.EventHeaders;
import io.paidonce.contract.JsonSerde;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.UnreadableRecordException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a bundle is and holds: its first entry.
 *
 * @param format {@value #FORMAT}
 * @param version of the format; a reader knows which it can check
 * @param missing what should be in it and is nowhere kept any more, in words
 * @param entries every other entry, in order
 * @param seal the last link of the chain, which stands for the whole bundle
 */
record Manifest(
    String format,
    @JsonProperty(required = true) int version,
    String shop,
    String orderNo,
    Instant madeAt,
    List<String> missing,
    List<Link> entries,
    String seal) {

  static final String NAME = "manifest.json";
  static final String FORMAT = "paidonce-proof";
  static final int VERSION = 1;

  private static final JsonSerde<Manifest> JSON = JsonSerde.of(Manifest.class);

  /**
   * One entry.
   *
   * @param sha256 of its bytes
   * @param chain of the link before, its name, its length and {@code sha256}
   */
  record Link(String name, @JsonProperty(required = true) int bytes, String sha256, String chain) {
    Link {
      requireNonNull(name, "name");
      requireNonNull(sha256, "sha256");
      requireNonNull(chain, "chain");
    }
  }

  Manifest {
    requireNonNull(format, "format");
    requireNonNull(shop, "shop");
    requireNonNull(orderNo, "orderNo");
    requireNonNull(madeAt, "madeAt");
    requireNonNull(seal, "seal");
    missing = List.copyOf(requireNonNull(missing, "missing"));
    entries = List.copyOf(requireNonNull(entries, "entries"));
  }

  /** The manifest of these entries. */
  static Manifest of(OrderKey order, Instant madeAt, List<String> missing, List<Entry> entries) {
    List<String> head = new ArrayList<>();
    head.add(FORMAT);
    head.add(Integer.toString(VERSION));
    head.add(order.shop());
    head.add(order.orderNo());
    head.add(madeAt.toString());
    head.addAll(missing);
    Chain chain = new Chain(head);
    List<Link> links = new ArrayList<>();
    for (Entry entry : entries) {
      String hash = EventHeaders.sha256Hex(entry.bytes());
      links.add(
          new Link(
              entry.name(),
              entry.bytes().length,
              hash,
              chain.next(entry.name(), entry.bytes().length, hash)));
    }
    return new Manifest(
        FORMAT, VERSION, order.shop(), order.orderNo(), madeAt, missing, links, chain.hex());
  }

  Entry entry() {
    return Entry.of(NAME, JSON.write(this));
  }

  /** Reads it, and nothing of another format or version. */
  static Manifest read(Entry entry) throws BadBundleException {
    Manifest manifest;
    try {
      manifest = JSON.read(entry.bytes());
    } catch (UnreadableRecordException e) {
      throw new BadBundleException(NAME + " can't be read: " + e.getMessage());
    }
    if (!manifest.format().equals(FORMAT) || manifest.version() != VERSION) {
      throw new BadBundleException(
          NAME
              + ": this build checks version "
              + VERSION
              + " of "
              + FORMAT
              + ", and it names another; a newer build may check it");
    }
    return manifest;
  }

  OrderKey order() throws BadBundleException {
    try {
      return new OrderKey(shop, orderNo);
    } catch (IllegalArgumentException e) {
      throw new BadBundleException(NAME + ": " + e.getMessage());
    }
  }
}

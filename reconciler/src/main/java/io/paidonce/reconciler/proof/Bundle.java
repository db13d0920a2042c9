package io.paidonce.reconciler.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.Evidence;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnreadableRecordException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a bundle holds. Reading one is strict: each entry must be there once, in its place, and be
 * what the others make of it, so that what is read is all there is.
 */
record Bundle(
    OrderKey order,
    Instant madeAt,
    List<String> missing,
    String summary,
    List<ProofAccount> accounts,
    List<Item> items) {

  private static final String SUMMARY = "summary.txt";
  private static final String RECORD = "record.json";
  private static final String VALUE = "value.json";
  private static final String DECRYPTED = "decrypted.json";
  private static final Pattern OF_RECORD = Pattern.compile("records/([0-9]{4})/([a-z.]+)");

  /**
   * A record and what belongs to it.
   *
   * @param decrypted what the body of a notification says, where it is encrypted
   */
  record Item(ProofRecord record, Optional<RawBytes> decrypted) {}

  /**
   * What was read.
   *
   * @param seal stands for every byte of it
   */
  record Sealed(Bundle bundle, String seal, int entries) {}

  Bundle {
    missing = List.copyOf(missing);
    accounts = List.copyOf(accounts);
    items = List.copyOf(items);
  }

  /** The file, and what stands for it. */
  record Written(RawBytes zip, String seal) {}

  Written write() {
    List<Entry> entries = new ArrayList<>();
    try {
      entries.addAll(entries());
    } catch (BadBundleException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
    Manifest manifest = Manifest.of(order, madeAt, missing, entries);
    entries.add(0, manifest.entry());
    return new Written(RawBytes.of(ProofZip.write(entries)), manifest.seal());
  }

  private List<Entry> entries() throws BadBundleException {
    List<Entry> entries = new ArrayList<>();
    entries.add(Entry.text(SUMMARY, summary));
    accounts.forEach(account -> entries.add(account.entry()));
    for (int i = 0; i < items.size(); i++) {
      add(entries, String.format("records/%04d/", i + 1), items.get(i));
    }
    return entries;
  }

  private static void add(List<Entry> entries, String directory, Item item)
      throws BadBundleException {
    ProofRecord record = item.record();
    entries.add(Entry.of(directory + RECORD, record.headBytes()));
    entries.add(Entry.of(directory + VALUE, record.value().bytes()));
    if (record.at().topic().equals(Topics.PAYMENT_NOTIFICATIONS.name())) {
      Evidence evidence = notification(record).evidence();
      entries.add(Entry.of(directory + "body.bin", evidence.body().bytes()));
      entries.add(Entry.text(directory + "headers.txt", headers(evidence)));
    }
    item.decrypted()
        .ifPresent(content -> entries.add(Entry.of(directory + DECRYPTED, content.bytes())));
  }

  private static PaymentNotification notification(ProofRecord record) throws BadBundleException {
    try {
      return Topics.PAYMENT_NOTIFICATIONS.read(record.kafkaHeaders(), record.value().bytes());
    } catch (UnreadableRecordException e) {
      throw new BadBundleException(record.at() + " can't be read: " + e.getMessage());
    }
  }

  private static String headers(Evidence evidence) {
    StringBuilder lines = new StringBuilder();
    new TreeMap<>(evidence.headers())
        .forEach((name, value) -> lines.append(name).append(": ").append(value).append('\n'));
    return lines.toString();
  }

  /** Reads a file and requires of every byte that it is the one that was written. */
  static Sealed read(byte[] zip) throws BadBundleException {
    List<Entry> all = ProofZip.read(zip);
    if (all.isEmpty() || !all.get(0).name().equals(Manifest.NAME)) {
      throw new BadBundleException("byte 0: it does not begin with " + Manifest.NAME);
    }
    Manifest manifest = Manifest.read(all.get(0));
    List<Entry> entries = all.subList(1, all.size());
    requireThese(manifest, entries);
    Manifest again = Manifest.of(manifest.order(), manifest.madeAt(), manifest.missing(), entries);
    requireSame(manifest, again, all.get(0));
    ProofZip.requireWrittenFrom(all, zip);
    return new Sealed(parse(manifest, entries), manifest.seal(), all.size());
  }

  private static void requireThese(Manifest manifest, List<Entry> entries)
      throws BadBundleException {
    List<Manifest.Link> links = manifest.entries();
    for (int i = 0; i < Math.max(links.size(), entries.size()); i++) {
      if (i >= entries.size()) {
        throw new BadBundleException("entry " + links.get(i).name() + " is missing");
      }
      String name = entries.get(i).name();
      if (i >= links.size() || !links.get(i).name().equals(name)) {
        throw new BadBundleException(
            "entry " + name + " is not the one that " + Manifest.NAME + " has in its place");
      }
    }
  }

  private static void requireSame(Manifest manifest, Manifest again, Entry stored)
      throws BadBundleException {
    for (int i = 0; i < again.entries().size(); i++) {
      Manifest.Link is = again.entries().get(i);
      Manifest.Link said = manifest.entries().get(i);
      if (is.bytes() != said.bytes() || !is.sha256().equals(said.sha256())) {
        throw new BadBundleException(
            "entry " + is.name() + ": its bytes are not those whose SHA-256 is in the manifest");
      }
      if (!is.chain().equals(said.chain())) {
        throw new BadBundleException("the chain breaks at entry " + is.name());
      }
    }
    if (!again.seal().equals(manifest.seal())) {
      throw new BadBundleException(Manifest.NAME + ": the seal is not the end of the chain");
    }
    int differs = Arrays.mismatch(again.entry().bytes(), stored.bytes());
    if (differs >= 0) {
      throw new BadBundleException(
          Manifest.NAME + ": byte " + differs + " of it is not as prove writes it");
    }
  }

  private static Bundle parse(Manifest manifest, List<Entry> entries) throws BadBundleException {
    String summary = "";
    List<ProofAccount> accounts = new ArrayList<>();
    List<Item> items = new ArrayList<>();
    ProofRecord.Head head = null;
    for (Entry entry : entries) {
      Matcher ofRecord = OF_RECORD.matcher(entry.name());
      String file = ofRecord.matches() ? ofRecord.group(2) : "";
      if (entry.name().equals(SUMMARY)) {
        summary = new String(entry.bytes(), UTF_8);
      } else if (entry.name().startsWith("accounts/")) {
        accounts.add(ProofAccount.read(entry));
      } else if (file.equals(RECORD)) {
        head = ProofRecord.head(entry);
      } else if (file.equals(VALUE) && head != null) {
        items.add(new Item(new ProofRecord(head, entry.content()), Optional.empty()));
      } else if (file.equals(DECRYPTED) && !items.isEmpty()) {
        Item last = items.remove(items.size() - 1);
        items.add(new Item(last.record(), Optional.of(entry.content())));
      }
    }
    Bundle bundle =
        new Bundle(
            manifest.order(), manifest.madeAt(), manifest.missing(), summary, accounts, items);
    requireSame(bundle.entries(), entries);
    return bundle;
  }

  // Also finds what is no entry of a bundle, stands elsewhere, or repeats another wrongly.
  private static void requireSame(List<Entry> made, List<Entry> stored) throws BadBundleException {
    for (int i = 0; i < Math.max(made.size(), stored.size()); i++) {
      if (i >= stored.size()) {
        throw new BadBundleException("entry " + made.get(i).name() + " is missing");
      }
      if (i >= made.size() || !made.get(i).equals(stored.get(i))) {
        throw new BadBundleException(
            "entry " + stored.get(i).name() + " is not what the records make it");
      }
    }
  }
}

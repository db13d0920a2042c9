package io.paidonce.verifier;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts every fault and keeps a sentence for the first twenty of each kind. */
final class Findings {

  private static final int SENTENCES_PER_FAULT = 20;

  private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);
  private final Map<Fault, List<String>> sentences = new EnumMap<>(Fault.class);

  void add(Fault fault, String sentence) {
    add(fault, 1, sentence);
  }

  /** One sentence for several of a kind. */
  void add(Fault fault, long count, String sentence) {
    counts.merge(fault, count, Math::addExact);
    if (wants(fault)) {
      sentences
          .computeIfAbsent(fault, f -> new ArrayList<>())
          .add(fault.jsonName() + ": " + sentence);
    }
  }

  boolean wants(Fault fault) {
    return sentences.getOrDefault(fault, List.of()).size() < SENTENCES_PER_FAULT;
  }

  long count(Fault fault) {
    return counts.getOrDefault(fault, 0L);
  }

  Map<Fault, Long> counts() {
    Map<Fault, Long> all = new EnumMap<>(Fault.class);
    for (Fault fault : Fault.values()) {
      all.put(fault, count(fault));
    }
    return all;
  }

  List<String> sentences() {
    return sentences.values().stream().flatMap(List::stream).toList();
  }
}

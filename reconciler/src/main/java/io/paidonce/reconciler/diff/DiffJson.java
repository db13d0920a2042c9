package io.paidonce.reconciler.diff;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The report for a program: one JSON object on one line. */
public final class DiffJson {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private DiffJson() {}

  public static String of(DiffReport report) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("same", report.isSame());
    json.put("records", report.records());
    json.put("elapsedMs", report.elapsedMs());
    json.put("orders", report.orders());
    json.put("recordsDiffering", report.recordsDiffering());
    json.set("shown", MAPPER.valueToTree(report.shown()));
    json.set("notes", MAPPER.valueToTree(report.notes()));
    return json.toString();
  }
}

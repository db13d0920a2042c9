package io.paidonce.reconciler.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The report for a program: one JSON object on one line. */
public final class ReplayJson {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private ReplayJson() {}

  public static String of(ReplayReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("outcome", report.outcome().name());
    json.put("inputs", report.inputs());
    json.put("notifications", report.notifications());
    json.put("elapsedMs", report.elapsedMs());
    json.put("agreed", report.agreed());
    json.put("differences", report.differences());
    List<Map<String, Object>> shown = new ArrayList<>();
    for (Difference difference : report.shown()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("kind", difference.kind().name());
      one.put("where", difference.topic());
      if (difference.order() != null) {
        one.put("order", difference.order());
      }
      if (difference.at() != null) {
        one.put("at", difference.at().toString());
      }
      one.put("detail", difference.detail());
      shown.add(one);
    }
    json.put("shown", shown);
    json.put("untold", report.untold());
    json.put("untoldDetails", report.untoldDetails());
    json.put("notes", report.notes());
    try {
      return MAPPER.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report can't be written", e);
    }
  }
}

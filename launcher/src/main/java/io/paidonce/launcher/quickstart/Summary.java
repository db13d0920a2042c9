package io.paidonce.launcher.quickstart;

import io.paidonce.simulator.SimulationResult;
import io.paidonce.verifier.Fault;
import io.paidonce.verifier.Report;
import java.sql.SQLException;
import java.util.Locale;

/** Says how a demo went and where to look, in words for someone who sees it for the first time. */
public final class Summary {

  private final Console console;

  public Summary(Console console) {
    this.console = console;
  }

  /** What the simulator counted. */
  public void whatHappened(SimulationResult demo) {
    console.say("");
    console.say("What the providers saw");
    count(demo.callbacksSent(), "callbacks sent, doubled and forged ones among them");
    count(demo.acknowledged(), "acknowledged, each after Kafka had stored it");
    count(demo.refusedAsExpected(), "forged, damaged or probing: refused");
    countUnlessZero(demo.declined(), "declined for now, and sent again");
    countUnlessZero(demo.unanswered(), "not answered in time, and sent again");
    countUnlessZero(demo.unexpected(), "FORGED AND ACKNOWLEDGED: this must never be");
    countUnlessZero(demo.gaveUp(), "notices the providers gave up on");
  }

  /** What became of orders of which no callback told. */
  void lostCallbacks(LostCallbacks.Ended ended) {
    console.say("");
    console.say("What became of orders that were cancelled while every callback was lost");
    count(ended.paid(), "paid: their providers were asked first, and they are not cancelled");
    count(ended.cancelled(), "unpaid: closed at their providers, then cancelled");
  }

  void verdict(Report report) {
    console.say("");
    console.say("What the checker found, from the topics and tables alone");
    count(report.ordersPlaced(), "orders placed");
    count(report.ordersPaid(), "order-paid records, one for each paid order");
    count(report.ordersRefunded(), "order-refunded records, one for each order refunded in full");
    report
        .exceptions()
        .forEach(
            (kind, count) -> count(count, "for a person: " + kind.name() + ". " + kind.sentence()));
    count(report.count(Fault.LOST), "lost");
    count(report.count(Fault.PAID_TWICE), "paid twice");
    count(report.count(Fault.REFUNDED_TWICE), "refunded twice");
    count(report.count(Fault.FORGED), "forged and let through");
    count(report.count(Fault.UNDISPOSED), "neither used nor set aside");
    count(report.count(Fault.PROJECTION_DIFF), "rows of PostgreSQL that differ");
    report.findings().forEach(finding -> console.say("  ! " + finding));
    console.say(report.holds() ? "  The promise holds." : "  THE PROMISE DOES NOT HOLD.");
  }

  void whereToLook(Quickstart quickstart) throws SQLException {
    console.say("");
    console.say("Look at");
    Examples.find(quickstart.jdbcUrl())
        .forEach((what, path) -> look("an order " + what, quickstart.apiUrl() + path));
    addresses(quickstart);
  }

  void addresses(Quickstart quickstart) {
    look("callbacks", quickstart.callbacksUrl() + "/callbacks/{protocol}/{account}");
    look("orders", quickstart.apiUrl() + "/v1/orders/{shop}/{orderNo}");
    quickstart.metricsUrls().forEach((role, url) -> look("metrics of " + role, url));
    look("Kafka", quickstart.bootstrapServers());
    look("PostgreSQL", quickstart.jdbcUrl());
    look("configuration, keys, logs", quickstart.directory().toString());
  }

  private void look(String what, String where) {
    console.say(String.format(Locale.ROOT, "  %-42s %s", what, where));
  }

  private void count(long count, String what) {
    console.say(String.format(Locale.ROOT, "  %,7d  %s", count, what));
  }

  private void countUnlessZero(long count, String what) {
    if (count != 0) {
      count(count, what);
    }
  }
}

package io.paidonce.reconciler.replay;

/** In what way the log differs from what folding it again gives. */
public enum DifferenceKind {
  EVIDENCE_DIFFERS(
      "A notification that is not what its raw evidence says, or that no key of its account signed.",
      "Somebody wrote it past the gateway, or changed it: look at what it changed, find out who may"
          + " write payment-notifications."),
  INPUT_MISSING(
      "A notification or command that passed intake has no record in order-inputs.",
      "What it says reached no order: look at dead-letters, then drive it again or query."),
  INPUT_WITHOUT_SOURCE(
      "A record in order-inputs whose source is no record that intake lets pass.",
      "Somebody else than streams wrote it, or it was let pass twice; find out who may write."),
  INPUT_TWICE(
      "Two records in order-inputs were made from one source.",
      "The ledger changed nothing on the second; find out why intake forgot the first."),
  INPUT_DIFFERS(
      "A record in order-inputs says something else than its source.",
      "Compare both records; the ledger went by order-inputs."),
  INPUT_UNREADABLE(
      "A record that can't be read, and no dead letter tells of it.",
      "Read the detail; streams should have kept it in dead-letters."),
  FOLD_FAILED(
      "Folding this input throws, and no dead letter says that it did then.",
      "A defect of this build: do not deploy it."),
  TRANSITION_MISSING(
      "The fold changes an order, and order-transitions has no record of it.",
      "The read store can't show this change; compare the order's history."),
  TRANSITION_EXTRA(
      "A record in order-transitions that the fold does not make.",
      "Somebody else than streams wrote it, or another build with other rules."),
  TRANSITION_DIFFERS(
      "A change of an order that the fold makes otherwise.",
      "Another build's rules, or a record that was changed; the detail names the fields."),
  VERSION_SKIPPED(
      "The versions of an order in order-transitions leave a number out.",
      "A change is missing or was written under a wrong version."),
  RECORD_MISSING(
      "The fold says something to others, and the topic has no record of it.",
      "Whoever acts on that topic was not told; tell them by hand, then find the cause."),
  RECORD_EXTRA(
      "A record that the fold does not make.",
      "Whoever acts on that topic was told something that did not happen."),
  RECORD_TWICE(
      "A record that the fold makes once stands there again.",
      "Whoever acts on that topic may have acted twice; event ids tell."),
  RECORD_DIFFERS(
      "A record that the fold makes otherwise.",
      "Another build's rules, or a record that was changed; the detail names the fields."),
  ROW_MISSING(
      "The read store has no row of an order.", "The projector passed its transitions; rebuild."),
  ROW_EXTRA("The read store has orders that no fold knows.", "Find out who writes that database."),
  ROW_DIFFERS(
      "A row of the read store says something else than the fold.",
      "Somebody changed the row, or the projector is wrong; the detail names the columns.");

  private final String sentence;
  private final String suggestedAction;

  DifferenceKind(String sentence, String suggestedAction) {
    this.sentence = sentence;
    this.suggestedAction = suggestedAction;
  }

  /** What was found. */
  public String sentence() {
    return sentence;
  }

  /** What a person should do. */
  public String suggestedAction() {
    return suggestedAction;
  }
}

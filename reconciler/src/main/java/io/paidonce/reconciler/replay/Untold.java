package io.paidonce.reconciler.replay;

/** Why something could not be judged: it counts neither as a difference nor as agreement. */
public enum Untold {
  RANGE_EXPIRED("Part of the range is no longer kept."),
  PAST_EXPIRED("Orders whose first inputs are no longer kept; what came later can't be folded."),
  SOURCE_EXPIRED("Inputs whose source is no longer kept, or lies a day before the range."),
  RECORD_EXPIRED("Records that the topic no longer keeps."),
  MEMORY_UNKNOWN("Repeated deliveries that intake may have let pass again, or not: it forgets."),
  TOPIC_RECREATED("A topic was deleted and created anew: offsets mean other records now."),
  OFFSETS_MISSING("Offsets amid a partition hold nothing at all; a piece of the log is gone."),
  OLDER_SCHEMA("Records of an older layout, which could not say all that this build says."),
  KEY_UNKNOWN("Notifications whose key, or account, is not configured any more."),
  NOT_YET_PROCESSED("Inputs that streams, or the projector, has not processed yet."),
  MOVED_ON("Orders that changed after the range, so that their rows show something newer.", false);

  private final String sentence;
  private final boolean open;

  Untold(String sentence) {
    this(sentence, true);
  }

  Untold(String sentence, boolean open) {
    this.sentence = sentence;
    this.open = open;
  }

  public String sentence() {
    return sentence;
  }

  /** Whether the question of the range stays open by it; else it only lies outside. */
  public boolean leavesOpen() {
    return open;
  }
}

package io.paidonce.projector;

/** Hears how far a rebuild is. Called on the thread that runs it; each call should return soon. */
public interface RebuildSteps {

  /** Something that a person should read. */
  void say(String sentence);

  /**
   * Records applied so far, of those that the topics hold now.
   *
   * @param perSecond since the last call
   */
  void applied(long records, long of, long perSecond);

  /**
   * Both read stores stand at one place and nobody writes: the next step puts the new one there.
   */
  default void switching() {}
}

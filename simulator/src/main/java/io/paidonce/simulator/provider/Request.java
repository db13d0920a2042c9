package io.paidonce.simulator.provider;

/** A request that a protocol's desk has read and judged. */
interface Request {

  Asked asked();

  /** Does what is asked, or says why not; at most once. */
  Said carryOut();

  /** Does nothing, and speaks of another order. */
  Said aboutAnother();

  /** Does nothing, and denies that there is such an order. */
  Said notFound();

  /** Does nothing: asked too often. */
  Said throttled();

  /** Does nothing: the provider failed. */
  Said failed();

  ApiAnswer written(Said said, Hand hand);
}

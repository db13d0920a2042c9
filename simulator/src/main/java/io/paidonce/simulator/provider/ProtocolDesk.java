package io.paidonce.simulator.provider;

/** One protocol on its provider's side. */
interface ProtocolDesk {

  /** Whether the request came to this provider's address. */
  boolean isAddressed(ApiCall call);

  /** Never fails: what can't be read or is not rightly signed is a request that is refused. */
  Request read(ApiCall call);
}

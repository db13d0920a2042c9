package io.paidonce.providers;

/**
 * Carries one request to a provider and its answer back. Its adapter bounds what the provider may
 * cost us: the time of the whole exchange and the size of the answer; it follows no redirect.
 */
public interface ApiTransport {

  /** Never throws for what a network or a provider can do: each such case is a reply. */
  ApiReply send(ApiRequest request);
}

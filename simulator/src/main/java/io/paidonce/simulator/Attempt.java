package io.paidonce.simulator;

import io.paidonce.providers.SignedCallback;
import java.time.Instant;
import java.util.UUID;

/** One request of a provider, about to be sent. */
record Attempt(
    UUID id, Instant at, Step.Deliver delivery, Disguise disguise, SignedCallback callback) {}

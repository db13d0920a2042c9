/**
 * HTTP in, Kafka out: takes a provider's callback, has it verified over its untouched bytes,
 * publishes what it says and answers success only when Kafka has stored it. Stateless; reads no
 * topic. {@link io.paidonce.gateway.GatewayMain} is the one way in and names every part once.
 */
@NullMarked
package io.paidonce.gateway;

import org.jspecify.annotations.NullMarked;

/**
 * The providers' side of the APIs they are asked by: what each knows of its trades, a desk for each
 * protocol that verifies requests and signs answers, and faults on purpose. Written from the
 * providers' documents and not from our clients, so that both can't be wrong in the same way.
 */
@NullMarked
package io.paidonce.simulator.provider;

import org.jspecify.annotations.NullMarked;

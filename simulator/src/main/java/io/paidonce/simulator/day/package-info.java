/**
 * Days of provider behaviour in virtual time: a seeded plan of orders, payments and callbacks that
 * come late, twice or never, played event by event against whoever listens. No thread, no socket
 * and no waiting: its owner says when time goes on.
 */
@NullMarked
package io.paidonce.simulator.day;

import org.jspecify.annotations.NullMarked;

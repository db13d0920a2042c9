/**
 * For services downstream: apply what PaidOnce says exactly once to a PostgreSQL database of your
 * own. Uses kafka-clients and {@code java.sql}, nothing else; the PostgreSQL driver is yours.
 */
@NullMarked
package io.paidonce.contract.downstream;

import org.jspecify.annotations.NullMarked;

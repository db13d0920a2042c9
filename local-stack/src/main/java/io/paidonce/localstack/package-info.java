/**
 * A real Kafka broker and a real PostgreSQL on this machine, from Maven artifacts, for quickstart
 * and tests. Callers see {@link io.paidonce.localstack.LocalStack}, {@link
 * io.paidonce.localstack.LocalKafka} and {@link io.paidonce.localstack.LocalPostgres}; how a server
 * is run stays behind them. Nothing of PaidOnce's services may come in here.
 */
@NullMarked
package io.paidonce.localstack;

import org.jspecify.annotations.NullMarked;

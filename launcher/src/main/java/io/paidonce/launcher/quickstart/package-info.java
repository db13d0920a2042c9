/**
 * Every role in one process on a real broker and a real PostgreSQL, with throw-away keys and a
 * played scenario. For trying PaidOnce out and for load generators; never for money.
 */
@NullMarked
package io.paidonce.launcher.quickstart;

import org.jspecify.annotations.NullMarked;

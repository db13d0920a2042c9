/**
 * A service of somebody downstream, as docs/downstream.md shows it. Knows {@code contract} only.
 */
package io.paidonce.launcher.downstream;

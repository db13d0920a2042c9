/**
 * Faults: every role, the broker and PostgreSQL as processes of their own, killed, frozen and
 * stopped under load, and the checker's word afterwards. A run in which the fault did nothing is a
 * failed run. Once each in every build; at many random points under {@code -Pproof}.
 */
package io.paidonce.launcher.faults;

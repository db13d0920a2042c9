/** A day of everything in virtual time. */
@org.jspecify.annotations.NullMarked
package io.paidonce.day;

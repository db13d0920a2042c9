/** The topology, as tests of the whole drive it. */
@org.jspecify.annotations.NullMarked
package io.paidonce.streams;

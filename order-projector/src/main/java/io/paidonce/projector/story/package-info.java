/**
 * An order told in plain words: what happened in one list, and why it is not paid. Pure: it is told
 * from an order's rows, wherever they were read, the read store or the topics.
 */
@NullMarked
package io.paidonce.projector.story;

import org.jspecify.annotations.NullMarked;

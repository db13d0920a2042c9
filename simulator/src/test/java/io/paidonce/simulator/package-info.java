@NullMarked
package io.paidonce.simulator;

import org.jspecify.annotations.NullMarked;

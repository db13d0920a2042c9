@NullMarked
package io.paidonce.simulator.day;

import org.jspecify.annotations.NullMarked;

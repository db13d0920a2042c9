@NullMarked
package io.paidonce.simulator.provider;

import org.jspecify.annotations.NullMarked;

package io.paidonce.benchmarks.keys;

/**
 * Powers modulo an odd number below 2^63, by Montgomery's method: a product is reduced by two
 * multiplications instead of a division of 128 bits.
 *
 * @param modulus the number
 * @param negativeInverse minus its inverse modulo 2^64
 * @param one 2^64 modulo the number: what stands for 1
 * @param square one times one without the method: brings a number into it
 */
record WordModulus(long modulus, long negativeInverse, long one, long square) {

  WordModulus(long modulus) {
    this(modulus, -inverse(modulus), doubled(1, 64, modulus), doubled(1, 128, modulus));
  }

  /** The base, below the modulus, to the power of a non-negative exponent. */
  long power(long base, long exponent) {
    long factor = product(base, square);
    long power = one;
    for (long bits = exponent; bits != 0; bits >>>= 1) {
      if ((bits & 1) != 0) {
        power = product(power, factor);
      }
      factor = product(factor, factor);
    }
    return product(power, 1);
  }

  private long product(long a, long b) {
    long low = a * b;
    long correction = low * negativeInverse;
    long high = Math.multiplyHigh(correction, modulus);
    // multiplyHigh takes the correction for a signed number, which it is not.
    high += correction < 0 ? modulus : 0;
    // The lower halves add up to 0 modulo 2^64, with a carry unless both are 0.
    long sum = Math.multiplyHigh(a, b) + high + (low == 0 ? 0 : 1);
    return Long.compareUnsigned(sum, modulus) >= 0 ? sum - modulus : sum;
  }

  // Newton's iteration doubles the number of right bits each time, from three.
  private static long inverse(long odd) {
    long inverse = odd;
    for (int bits = 3; bits < Long.SIZE; bits *= 2) {
      inverse *= 2 - odd * inverse;
    }
    return inverse;
  }

  private static long doubled(long value, int times, long modulus) {
    long doubled = value;
    for (int i = 0; i < times; i++) {
      doubled *= 2;
      doubled = Long.compareUnsigned(doubled, modulus) >= 0 ? doubled - modulus : doubled;
    }
    return doubled;
  }
}

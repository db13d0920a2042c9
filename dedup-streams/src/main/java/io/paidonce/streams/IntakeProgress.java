package io.paidonce.streams;

import java.util.Map;

/** How far the log of notifications goes, and how far intake has come in it. By partition. */
interface IntakeProgress {

  /** Where the next notification will stand; without partitions that hold none. */
  Map<Integer, Long> ends();

  /** Up to where intake's outputs are committed together with its offsets. */
  Map<Integer, Long> committed();
}

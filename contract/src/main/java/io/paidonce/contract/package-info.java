/**
 * What travels between services, and nothing else: topics, records, their JSON, their headers and
 * the catalogue of rejections. Downstream services compile against this package alone; it knows no
 * module of ours.
 */
@NullMarked
package io.paidonce.contract;

import org.jspecify.annotations.NullMarked;

package io.paidonce.projector;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One question.
 *
 * @param path the decoded parts of the path that a route leaves open, in their order
 * @param params what is behind the question mark
 * @param knownTag the {@code If-None-Match} header
 */
record Asked(Caller caller, List<String> path, Params params, @Nullable String knownTag) {}

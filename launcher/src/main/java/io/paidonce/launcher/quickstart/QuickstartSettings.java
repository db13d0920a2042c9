package io.paidonce.launcher.quickstart;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a quickstart is told.
 *
 * @param directory where everything it writes lies
 * @param config a file whose accounts and keys are served instead of throw-away ones
 * @param keep whether the data of the run before stays
 * @param ports where it listens
 */
public record QuickstartSettings(
    Path directory, Optional<Path> config, boolean keep, QuickstartPorts ports) {}

/**
 * The one YAML file of all roles: read, its environment variables and files filled in, bound to the
 * records of the modules it configures. Every problem is reported, each with its place, before
 * anything starts. Commands of the launcher come in through {@link
 * io.paidonce.launcher.config.ConfigLoader}.
 */
@NullMarked
package io.paidonce.launcher.config;

import org.jspecify.annotations.NullMarked;

/// Fills the configuration records of the rooms from `tidings.yaml` and the environment. A record's component is a
/// key in kebab case, a record inside a record a section; what the file does not say is the record's default.
@NullMarked
package dev.tidings.dist.config;

import org.jspecify.annotations.NullMarked;

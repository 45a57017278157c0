/// What the SDK asks of a broker inside the same JVM: implemented by the module `embedded`, found by
/// [java.util.ServiceLoader], used by [dev.tidings.client.Tidings#embedded] and by the testkit.
@NullMarked
package dev.tidings.client.embedding;

import org.jspecify.annotations.NullMarked;

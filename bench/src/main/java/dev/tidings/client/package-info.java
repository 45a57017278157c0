/// Benchmarks of what the SDK keeps to itself, hence in its package.
@org.jspecify.annotations.NullMarked
package dev.tidings.client;

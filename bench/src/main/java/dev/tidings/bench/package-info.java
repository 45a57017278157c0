/// The load generator behind `./tidings bench`: it starts a server in a process of its own, drives it over loopback,
/// and reports what the server's CPU did beside a floor measured in the same run.
@NullMarked
package dev.tidings.bench;

import org.jspecify.annotations.NullMarked;

package dev.tidings.bench;

import java.nio.file.Path;

/// How long and how large.
///
/// @param seconds   the measured time of each job
/// @param warmup    the time before it
/// @param eventSize bytes of JSON an event
/// @param backlog   events stored before a catch-up is measured
/// @param directory where stores and logs are put; emptied job by job
record Settings(double seconds, double warmup, int eventSize, long backlog, Path directory) {}

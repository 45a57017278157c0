package dev.tidings.bench;

import java.nio.file.Path;
import java.util.List;

/// How long and how large.
///
/// @param seconds   the measured time of each job
/// @param warmup    the time before it
/// @param eventSize bytes of JSON an event
/// @param backlog   events stored before a catch-up is measured
/// @param options   of the JVM of each server, beside the usual ones
/// @param directory where stores and logs are put; emptied job by job
public record Settings(
        double seconds, double warmup, int eventSize, long backlog, List<String> options, Path directory) {}

package dev.tidings.engine.segmented.commit;

/// Where a stream begins from now on.
///
/// @param position the first that stays
/// @param consumed whether what goes goes only because every group has settled it: then a group that came meanwhile,
///                 and has not, keeps it
public record First(long position, boolean consumed) {}

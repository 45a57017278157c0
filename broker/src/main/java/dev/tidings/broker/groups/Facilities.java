package dev.tidings.broker.groups;

import dev.tidings.broker.dispatch.Allowance;
import dev.tidings.broker.loop.Loop;
import dev.tidings.broker.pressure.Throttles;
import dev.tidings.engine.Engine;
import java.time.Duration;
import java.time.InstantSource;

/// What the groups and lanes of one client work with.
///
/// @param memory    shared by all clients
/// @param filtering shared by all clients
/// @param throttles shared by all clients
public record Facilities(
        Engine engine,
        News news,
        Loop loop,
        Turn turn,
        InstantSource clock,
        ReadMemory memory,
        Allowance allowance,
        Filtering filtering,
        Throttles throttles,
        Limits limits) {
    /// Bounds of what one group or lane keeps in memory.
    ///
    /// @param waiting    how many events of a group may wait for busy keys, and how many unsettled ones a lane
    ///                   looks at
    /// @param readBytes  how much JSON one read asks for
    /// @param firstRetry how long after a failed append it is tried again; doubled each time
    /// @param lastRetry  the longest such wait
    public record Limits(int waiting, int readBytes, Duration firstRetry, Duration lastRetry) {}
}

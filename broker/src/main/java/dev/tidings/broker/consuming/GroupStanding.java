package dev.tidings.broker.consuming;

import dev.tidings.model.GroupName;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How one group is doing.
///
/// @param lag          how many events it has not settled yet, by positions: an estimate where it skips some
/// @param behind       how long ago the oldest event that it has not settled was accepted; zero where there is none
/// @param inFlight     how many events are delivered and not settled
/// @param instances    how many instances are open
/// @param redeliveries how many deliveries ended unconfirmed since the broker started
/// @param dead         how many events were dead for it since the broker started
/// @param blocked      why nothing more is delivered although events are there; null where nothing stands in the way
public record GroupStanding(
        GroupName group,
        long lag,
        Duration behind,
        long inFlight,
        int instances,
        long redeliveries,
        long dead,
        @Nullable String blocked) {}

package dev.tidings.broker.lanes;

import dev.tidings.engine.Cursor;
import dev.tidings.engine.Engine;
import dev.tidings.engine.Extent;
import dev.tidings.engine.Partition;
import dev.tidings.engine.Ranges;
import dev.tidings.model.ClientName;
import dev.tidings.model.GroupName;
import dev.tidings.model.Lane;
import dev.tidings.model.StreamName;
import java.util.List;
import java.util.stream.Stream;

/// What a client's test or dead lane still holds.
///
/// @param unsettled how many of its events are kept and not settled, at most: those that are too old to be offered
///                  count until they are removed
public record LaneBacklog(ClientName client, Lane lane, long unsettled) {
    /// Of every lane that holds or held events, by what is durable. Quick; may be called by any thread.
    public static List<LaneBacklog> all(Engine engine) {
        return engine.log().streams().stream()
                .flatMap(stream -> Stream.concat(test(engine, stream), dead(engine, stream)))
                .toList();
    }

    private static Stream<LaneBacklog> test(Engine engine, StreamName stream) {
        return LaneStreams.clientOfTest(stream).stream()
                .map(client ->
                        new LaneBacklog(client, Lane.TEST, unsettled(engine, stream, LaneStreams.testCursor(client))));
    }

    private static Stream<LaneBacklog> dead(Engine engine, StreamName stream) {
        return LaneStreams.clientOfDead(stream).stream()
                .map(client ->
                        new LaneBacklog(client, Lane.DEAD, unsettled(engine, stream, LaneStreams.deadCursor(client))));
    }

    private static long unsettled(Engine engine, StreamName stream, GroupName group) {
        Partition lane = Partition.only(stream);
        // The cursor first: whatever it says is settled is there, or was.
        Cursor cursor = engine.groups().cursors(group).getOrDefault(lane, Cursor.at(0));
        Extent kept = engine.log().extent(lane);
        long from = Math.max(kept.first(), cursor.floor());
        Ranges settled = cursor.settled();
        long unsettled = kept.next() - from;
        for (int range = 0; range < settled.size(); range++) {
            unsettled -= Math.max(0, settled.to(range) - Math.max(from, settled.from(range)));
        }
        return unsettled;
    }
}

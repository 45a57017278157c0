package dev.tidings.engine.segmented.commit;

import dev.tidings.engine.Appended;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Batch.CursorMove;
import dev.tidings.engine.Batch.StateChange;
import dev.tidings.engine.segmented.state.Streams;
import dev.tidings.model.GroupName;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// A batch on its way to the committer.
///
/// @param firsts streams (by number) that begin later from now on; retention's own
/// @param bytes  what it takes of a record, at most
record Request(
        List<Arrival> arrivals,
        List<CursorMove> cursors,
        List<StateChange> states,
        List<GroupName> forgotten,
        Map<Integer, First> firsts,
        long bytes,
        CompletableFuture<Appended> answer) {

    private static final int NAMES = 1200;
    private static final int FIXED = 64;
    private static final int RANGE = 20;
    private static final int ATTEMPT = 15;
    private static final int CHAR = 3;

    static Request of(Batch batch, Streams streams, long seed) {
        Arrival[] arrivals = new Arrival[batch.entries().size()];
        long bytes = 0;
        for (int i = 0; i < arrivals.length; i++) {
            arrivals[i] = Arrival.of(batch.entries().get(i), streams, seed);
            bytes += arrivals[i].encodedBytes();
        }
        for (CursorMove move : batch.cursors()) {
            bytes += NAMES + (long) RANGE * move.cursor().settled().size();
            bytes += (long) ATTEMPT * move.cursor().attempts().size();
        }
        for (StateChange change : batch.states()) {
            bytes += size(change);
        }
        return new Request(
                List.of(arrivals),
                batch.cursors(),
                batch.states(),
                batch.forgotten(),
                Map.of(),
                bytes + (long) NAMES * batch.forgotten().size(),
                new CompletableFuture<>());
    }

    static Request ofFirsts(Map<Integer, First> firsts) {
        return new Request(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.copyOf(firsts),
                (long) FIXED * firsts.size(),
                new CompletableFuture<>());
    }

    private static long size(StateChange change) {
        long names =
                FIXED + (long) CHAR * (change.table().length() + change.key().length());
        return switch (change) {
            case StateChange.Put put -> names + put.value().length();
            case StateChange.Remove _ -> names;
        };
    }
}

package dev.tidings.bench.micro;

import dev.tidings.broker.dispatch.Allowance;
import dev.tidings.broker.dispatch.GroupDispatch;
import dev.tidings.broker.dispatch.Ledger;
import dev.tidings.engine.Cursor;
import dev.tidings.engine.StoredEvent;
import dev.tidings.model.Bytes;
import dev.tidings.model.EventType;
import dev.tidings.model.KeyHash;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// What it costs to hand an event to one of four instances and to settle it: a thousand events are offered, given and
/// confirmed each time, then the cursor is taken.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DispatchBenchmark {
    private static final int ROUND = 1000;
    private static final int MEMBERS = 4;

    /// How many keys the events have; 0: none.
    @Param({"0", "10", "100000"})
    private int keys = 0;

    private final EventType type = new EventType("Bench.Load.Thing.Changed");
    private final Bytes json = Bytes.of(new byte[500]);
    private final long[] hashes = new long[100_003];
    private final GroupDispatch dispatch = new GroupDispatch(new GroupDispatch.Limits(10_000, 0), Allowance.UNLIMITED);
    private final Ledger[] ledgers = new Ledger[MEMBERS];
    private int partition;
    private long position;

    @Setup
    public void open() {
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = keys == 0 ? KeyHash.NONE : KeyHash.of("key-" + i % keys);
        }
        partition = dispatch.assigned(Cursor.at(0));
        for (int i = 0; i < MEMBERS; i++) {
            ledgers[i] = new Ledger("member-" + i, 10_000, (_, _) -> {});
            ledgers[i].grant(Integer.MAX_VALUE);
            dispatch.open(ledgers[i], null);
        }
    }

    @Benchmark
    @OperationsPerInvocation(ROUND)
    public Cursor offerGiveConfirm() {
        for (int i = 0; i < ROUND; i++) {
            long hash = hashes[(int) (position % hashes.length)];
            dispatch.accept(partition, new StoredEvent(position++, 0, type, hash, true, json));
        }
        dispatch.assign();
        for (Ledger ledger : ledgers) {
            ledger.confirm(ledger.last());
            ledger.grant(ROUND * 500L);
        }
        dispatch.assign();
        for (Ledger ledger : ledgers) {
            ledger.confirm(ledger.last());
        }
        return dispatch.cursor(partition);
    }
}

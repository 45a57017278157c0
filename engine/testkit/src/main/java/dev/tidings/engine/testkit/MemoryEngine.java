package dev.tidings.engine.testkit;

import dev.tidings.engine.Engine;
import dev.tidings.engine.EngineStatus;
import dev.tidings.engine.EventLog;
import dev.tidings.engine.Groups;
import dev.tidings.engine.StateTables;
import dev.tidings.model.Bytes;
import dev.tidings.model.DataSize;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SortedMap;

/// The oracle: every promise of an [Engine] kept in the simplest way, in memory, with one partition a stream.
/// Appends and reads complete at once on the calling thread, or, where their [Gate] is shut, when a test says so.
/// Not for production: everything lives in the heap, and listings copy.
public final class MemoryEngine implements Engine {
    private final MemoryStore store;
    private final InstantSource clock;
    private final Gates gates;
    private final MemoryGroups groups;
    private final MemoryLog log;

    /// What appends and reads go through.
    public record Gates(Gate appends, Gate reads) {
        public static Gates standingOpen() {
            return new Gates(Gate.standingOpen(), Gate.standingOpen());
        }
    }

    /// An empty engine that does everything at once, as long as nobody shuts a gate.
    public MemoryEngine(InstantSource clock) {
        this(clock, Gates.standingOpen());
    }

    /// An empty engine.
    public MemoryEngine(InstantSource clock, Gates gates) {
        this(new MemoryStore(), clock, gates);
    }

    private MemoryEngine(MemoryStore store, InstantSource clock, Gates gates) {
        this.store = store;
        this.clock = clock;
        this.gates = gates;
        this.groups = new MemoryGroups(store);
        this.log = new MemoryLog(store, groups, clock, gates);
    }

    /// The gate of the appends.
    public Gate appends() {
        return gates.appends();
    }

    /// The gate of the reads.
    public Gate reads() {
        return gates.reads();
    }

    /// Closes this engine and opens its store again: what was appended is there; members, listeners and retention
    /// rules are not.
    public MemoryEngine reopen() {
        close();
        return new MemoryEngine(store, clock, gates);
    }

    /// Lets this engine crash and opens its store again: appends that were held have not happened.
    public MemoryEngine reopenAfterCrash() {
        log.close();
        gates.appends().drop();
        gates.reads().drop();
        return new MemoryEngine(store, clock, gates);
    }

    @Override
    public EventLog log() {
        return log;
    }

    @Override
    public Groups groups() {
        return groups;
    }

    @Override
    public StateTables states() {
        return new Tables(store);
    }

    @Override
    public EngineStatus status() {
        return new EngineStatus(
                null, store.used(), new DataSize(Runtime.getRuntime().freeMemory()), 0);
    }

    @Override
    public void close() {
        log.close();
        gates.appends().passAll();
    }

    private record Tables(MemoryStore store) implements StateTables {
        @Override
        public Optional<Bytes> get(String table, String key) {
            return Optional.ofNullable(store.rows(table).get(key));
        }

        @Override
        public SortedMap<String, Bytes> rows(String table) {
            return store.rows(table);
        }
    }
}

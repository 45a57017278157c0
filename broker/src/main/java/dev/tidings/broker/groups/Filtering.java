package dev.tidings.broker.groups;

import dev.tidings.engine.Partition;
import dev.tidings.filter.Compilation;
import dev.tidings.filter.EventFilter;
import dev.tidings.filter.Filters;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/// What the groups of the process have in common about filters: each is compiled once, by a worker, and those that are
/// equal judge an event once. May be used by any thread.
public final class Filtering {
    private static final int MOST_COMPILED = 512;
    private static final int MOST_REMEMBERING = 1_024;

    private final Executor worker;
    private final Map<String, EventFilter> compiled = new ConcurrentHashMap<>();
    private final Map<Place, Held> memos = new HashMap<>();
    private int remembering;

    private record Place(EventFilter filter, Partition partition) {}

    /// @param holders how many groups have it
    private record Held(VerdictMemo memo, int holders) {}

    /// @param worker compiles
    public Filtering(Executor worker) {
        this.worker = worker;
    }

    /// Completes at once where the text, or one that means the same, was compiled lately.
    public CompletionStage<Compilation> compile(String text) {
        EventFilter known = compiled.get(text);
        return known == null
                ? CompletableFuture.supplyAsync(() -> compileNow(text), worker)
                : CompletableFuture.completedStage(new Compilation.Compiled(known));
    }

    private Compilation compileNow(String text) {
        Compilation compilation = Filters.compile(text);
        if (compilation instanceof Compilation.Compiled(EventFilter filter)) {
            if (compiled.size() >= MOST_COMPILED) {
                compiled.clear();
            }
            EventFilter equal = compiled.getOrDefault(filter.canonical(), filter);
            compiled.put(equal.canonical(), equal);
            compiled.put(text, equal);
            return new Compilation.Compiled(equal);
        }
        return compilation;
    }

    /// A group begins to read a partition by a filter. Once there are several, they share what they find.
    public synchronized VerdictMemo take(EventFilter filter, Partition partition) {
        Held held = memos.getOrDefault(new Place(filter, partition), new Held(new VerdictMemo(filter), 0));
        if (held.holders == 1 && remembering < MOST_REMEMBERING && held.memo.remember()) {
            remembering++;
        }
        memos.put(new Place(filter, partition), new Held(held.memo, held.holders + 1));
        return held.memo;
    }

    public synchronized void give(EventFilter filter, Partition partition) {
        memos.computeIfPresent(new Place(filter, partition), (_, held) -> {
            if (held.holders > 1) {
                return new Held(held.memo, held.holders - 1);
            }
            remembering -= held.memo.remembers() ? 1 : 0;
            return null;
        });
    }
}

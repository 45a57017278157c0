package dev.tidings.bench.micro;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.CatalogRead;
import dev.tidings.broker.catalog.CatalogText;
import dev.tidings.broker.publishing.Judgement;
import dev.tidings.broker.publishing.PublishConfig;
import dev.tidings.broker.publishing.PublishRules;
import dev.tidings.model.Bytes;
import dev.tidings.model.Caller;
import dev.tidings.model.ClientName;
import dev.tidings.model.Event;
import dev.tidings.model.EventType;
import dev.tidings.model.Submission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

/// What it costs to judge an event of a batch of a hundred, whose types have no schema. Each event brings names of its
/// own, as a scanned one does; making them is part of the figure.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PublishRulesBenchmark {
    private static final int BATCH = 100;

    @Param({"10", "10000"})
    private int types = 0;

    private final Caller caller = new Caller(new ClientName("load"));
    private final Bytes json = Bytes.of(new byte[500]);
    private final List<String> names = new ArrayList<>();
    private PublishRules rules = PublishRules.of(Catalog.EMPTY, PublishConfig.DEFAULT, _ -> _ -> List.of());
    private int turn;

    @Setup
    public void fill() {
        StringBuilder yaml = new StringBuilder("types:\n");
        for (int i = 0; i < types; i++) {
            names.add("Bench.Load.Thing" + i + ".Changed");
            yaml.append("  ").append(names.get(i)).append(":\n");
        }
        yaml.append("clients:\n  load:\n    produces:\n      sources: [/load]\n      types:\n");
        names.forEach(name -> yaml.append("        - ").append(name).append('\n'));
        rules = switch (CatalogText.read(yaml.toString(), _ -> Optional.empty())) {
            case CatalogRead.Read(var catalog, var _) ->
                PublishRules.of(catalog, PublishConfig.DEFAULT, _ -> _ -> List.of());
            case CatalogRead.Invalid(var problems) -> throw new IllegalStateException(problems.toString());
        };
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public Judgement judge() {
        List<Event> events = new ArrayList<>(BATCH);
        for (int i = 0; i < BATCH; i++) {
            String type = names.get(turn++ % types);
            events.add(new Event(
                    "1",
                    new String(new char[] {'/', 'l', 'o', 'a', 'd'}),
                    new EventType(new String(type.toCharArray())),
                    null,
                    null,
                    new Event.Data.None(),
                    json));
            turn = turn < 0 ? 0 : turn;
        }
        return rules.judge(caller, new Submission(events, List.of()));
    }
}

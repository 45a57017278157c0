package dev.tidings.engine.testkit.exam;

import dev.tidings.engine.Appended;
import dev.tidings.engine.Engine;
import dev.tidings.engine.Unavailable;
import dev.tidings.engine.Unavailable.Effect;
import dev.tidings.engine.testkit.HandClock;
import dev.tidings.engine.testkit.MemoryEngine;
import dev.tidings.engine.testkit.exam.History.Step;
import dev.tidings.model.GroupName;
import dev.tidings.model.StreamName;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;

/// Does a [History] to an engine, with a few appends in flight at a time.
final class Player {
    private static final int IN_FLIGHT = 3;

    private final Engine engine;
    private final HandClock clock;
    private final Queue<CompletionStage<Appended>> inFlight = new ArrayDeque<>();
    private int done;

    /// How far a history came: `least` steps are done, and maybe some more, up to `most`.
    record Progress(int least, int most) {}

    Player(Engine engine, HandClock clock) {
        this.engine = engine;
        this.clock = clock;
        engine.log().retain(History.RULES);
        for (GroupName group : History.GROUPS) {
            Member.join(engine, group, History.STREAMS.toArray(StreamName[]::new));
        }
    }

    /// What the oracle shows before the history and after each of its steps. It sweeps after each: an engine may
    /// do so any time.
    static List<Observed> right(History history) {
        HandClock clock = new HandClock();
        MemoryEngine oracle = new MemoryEngine(clock);
        Player player = new Player(oracle, clock);
        List<Observed> right = new ArrayList<>(List.of(Observed.of(oracle)));
        for (Step step : history.steps()) {
            player.play(new History(List.of(step)), 0);
            oracle.log().sweep();
            right.add(Observed.of(oracle));
        }
        return right;
    }

    /// Does the steps from `first` on, to the end or the first that fails.
    Progress play(History history, int first) {
        done = first;
        boolean going = true;
        for (int step = first; going && step < history.steps().size(); step++) {
            going = take(history.steps().get(step));
        }
        boolean finished = going && finish(0);
        return new Progress(done, finished ? done : done + unknown());
    }

    private boolean take(Step step) {
        return switch (step) {
            case Step.Append append -> {
                inFlight.add(engine.log().append(append.batch()));
                yield finish(IN_FLIGHT);
            }
            case Step.Wait wait -> finish(0) && wait(wait);
            case Step.Sweep _ -> finish(0) && sweep();
        };
    }

    private boolean wait(Step.Wait wait) {
        clock.advance(wait.duration());
        done++;
        return true;
    }

    private boolean sweep() {
        try {
            engine.log().sweep();
        } catch (Unavailable | UncheckedIOException _) {
            return false;
        }
        done++;
        return true;
    }

    /// Waits until no more than so many are in flight; false where one failed.
    private boolean finish(int left) {
        while (inFlight.size() > left) {
            try {
                Await.result(inFlight.element());
            } catch (Unavailable _) {
                return false;
            }
            inFlight.remove();
            done++;
        }
        return true;
    }

    /// How many of those in flight, from the first on, may have happened; after one failed none may succeed.
    private int unknown() {
        int unknown = 0;
        boolean possible = true;
        for (CompletionStage<Appended> append : inFlight) {
            possible &= Await.failure(append).effect() == Effect.UNKNOWN;
            unknown += possible ? 1 : 0;
        }
        return unknown;
    }
}

package dev.tidings.engine.segmented.commit;

import dev.tidings.engine.EngineObserver;
import dev.tidings.engine.Partition;
import dev.tidings.engine.Unavailable;
import dev.tidings.engine.segmented.state.Memory;
import dev.tidings.engine.segmented.state.StreamLog;
import dev.tidings.engine.segmented.state.TailMemory.Part;
import dev.tidings.engine.segmented.wal.Ring;
import dev.tidings.engine.segmented.wal.RingPosition;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that decides what is stored where. There is no timer: while one group is synced, the next one
/// gathers. What a group changes in memory it changes after its record is durable and before anybody is told;
/// only positions and hashes are given before, and nobody else sees those.
public final class Committer implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

    private final Memory memory;
    private final Ring ring;
    private final Intake intake;
    private final Judge judge;
    private final Surroundings around;
    private final CommitLimits limits;
    private volatile RingPosition durable;
    private volatile long lastMillis;
    private long groups;

    /// What the committer works on, and where it begins.
    ///
    /// @param lastMillis no event is accepted at an earlier time
    public record Start(Memory memory, Ring ring, RingPosition position, long lastMillis) {}

    /// What the committer works with.
    ///
    /// @param checkpoint asks for a checkpoint
    public record Surroundings(
            InstantSource clock,
            EngineObserver observer,
            Health health,
            Space space,
            Room room,
            Answers answers,
            Runnable checkpoint,
            CommitLimits limits) {}

    Committer(Start start, Intake intake, Judge judge, Surroundings around) {
        this.memory = start.memory;
        this.ring = start.ring;
        this.durable = start.position;
        this.lastMillis = start.lastMillis;
        this.intake = intake;
        this.judge = judge;
        this.around = around;
        this.limits = around.limits;
    }

    /// Up to where everything is durable and done in memory.
    public RingPosition durable() {
        return durable;
    }

    public long lastMillis() {
        return lastMillis;
    }

    @Override
    public void run() {
        try {
            for (List<Request> next = intake.take(); !next.isEmpty(); next = intake.take()) {
                commitOrFail(next);
            }
            around.answers.end();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void commitOrFail(List<Request> requests) throws InterruptedException {
        try {
            commit(requests);
        } catch (RuntimeException | Error bug) {
            fail(requests, "a bug: " + bug, bug);
        }
    }

    private void commit(List<Request> requests) throws InterruptedException {
        List<Request> admitted = admitted(requests);
        if (admitted.isEmpty()) {
            return;
        }
        long bytes = 0;
        for (Request request : admitted) {
            bytes += request.bytes();
        }
        int most = Math.toIntExact(bytes);
        if (!around.room.await(() -> hasRoom(most), limits.patience())) {
            refuse(admitted, "the store is busy: a checkpoint made no room in time");
            return;
        }
        if (around.health.failed()) {
            refuse(admitted, String.valueOf(around.health.refusal()));
            return;
        }
        Group group = new Group(++groups, tick(), admitted.size(), most);
        for (Request request : admitted) {
            judge.admit(request, group);
        }
        if (group.isEmpty() || write(group, admitted)) {
            around.answers.tell(new Answers.Durable(ends(group), group.answers));
        }
        askForCheckpoint();
    }

    private List<Request> admitted(List<Request> requests) {
        if (around.health.failed()) {
            refuse(requests, String.valueOf(around.health.refusal()));
            return List.of();
        }
        boolean bringsEvents = false;
        for (Request request : requests) {
            bringsEvents |= !request.arrivals().isEmpty();
        }
        if (!bringsEvents || around.space.look()) {
            return requests;
        }
        if (around.health.failed()) {
            return admitted(requests);
        }
        List<Request> admitted = new ArrayList<>();
        for (Request request : requests) {
            if (request.arrivals().isEmpty()) {
                admitted.add(request);
            } else {
                refuse(List.of(request), String.valueOf(around.health.refusal()));
            }
        }
        return admitted;
    }

    private boolean hasRoom(int bytes) {
        if (ring.fits(bytes) && memory.tails().unflushed() < 4 * limits.checkpointAfter()) {
            return true;
        }
        around.checkpoint.run();
        return around.health.failed();
    }

    private long tick() {
        lastMillis = Math.max(lastMillis, around.clock.millis());
        return lastMillis;
    }

    private boolean write(Group group, List<Request> requests) {
        long start = System.nanoTime();
        RingPosition at;
        try {
            at = ring.append(group.record, group.millis);
        } catch (IOException e) {
            fail(requests, "the write-ahead ring could not be written: " + e.getMessage(), e);
            return false;
        }
        publish(group, at);
        around.observer.committed(group.answers.size(), group.record.position(), System.nanoTime() - start);
        return true;
    }

    private void publish(Group group, RingPosition at) {
        group.cursors.forEach(change -> change.apply(memory.cursors()));
        group.states.forEach(memory.tables()::apply);
        group.firsts.forEach(this::moveFirst);
        List<Part> parts = group.parts();
        parts.forEach(part -> part.stream().tail().publish());
        if (!parts.isEmpty()) {
            memory.tails().add(at.lsn(), group.record.array().length, parts);
        }
        memory.seen().durable();
        durable = at;
        memory.tails().trim();
    }

    private void moveFirst(int stream, long first) {
        StreamLog log = memory.streams().get(stream);
        log.moveFirst(first);
        log.tail().dropBefore(first);
    }

    private static Map<Partition, Long> ends(Group group) {
        Map<Partition, Long> ends = new HashMap<>();
        for (Part part : group.parts()) {
            ends.put(part.stream().partition(), part.to());
        }
        return ends;
    }

    private void askForCheckpoint() {
        if (ring.use() > limits.ringUse() || memory.tails().unflushed() > limits.checkpointAfter()) {
            around.checkpoint.run();
        }
    }

    private void refuse(List<Request> requests, String why) {
        Unavailable refusal = around.health.refused(why);
        requests.forEach(request -> request.answer().completeExceptionally(refusal));
    }

    private void fail(List<Request> requests, String what, Throwable cause) {
        around.health.fail(what, cause);
        Unavailable unknown = around.health.unknown(what);
        requests.forEach(request -> request.answer().completeExceptionally(unknown));
        LOG.error("{} batches have an unknown outcome", requests.size());
    }
}

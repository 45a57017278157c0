package dev.tidings.sim.actors;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.broker.publishing.Published;
import dev.tidings.engine.Unavailable;
import dev.tidings.model.Caller;
import dev.tidings.model.ClientName;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Submission;
import dev.tidings.sim.node.Node;
import dev.tidings.sim.truth.PayloadTruth;
import dev.tidings.sim.truth.Sent;
import dev.tidings.sim.truth.SentBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/// Publishes batches, and again after an unknown outcome, or for fun, or twice at the same time.
final class Producer implements Actor {
    private static final int TRIES = 6;
    private static final int LAST_TRIES = 200;

    private final World world;
    private final ClientName name;
    private final SplittableRandom random;
    private final Writing writing;
    private final Uploads uploads;
    private final List<SentBatch> batches = new ArrayList<>();

    Producer(World world, ClientName name, SplittableRandom random) {
        this.world = world;
        this.name = name;
        this.random = random;
        this.writing = new Writing(random.split(), name.value());
        this.uploads = new Uploads(world, name, random.split());
    }

    @Override
    public void act() {
        for (int i = 0; i < world.plan().batches(); i++) {
            world.rest(random, 300);
            PayloadTruth payload =
                    random.nextInt(8) == 0 ? uploads.store(Plan.TYPES.get(random.nextInt(Plan.TYPES.size()))) : null;
            SentBatch batch = payload == null ? world.truth().batch(writing.batch(Plan.TYPES)) : referringTo(payload);
            batches.add(batch);
            if (random.nextInt(5) == 0) {
                world.alongside(() -> publish(batch, TRIES));
            }
            publish(batch, TRIES);
            if (random.nextInt(6) == 0) {
                publish(batches.get(random.nextInt(batches.size())), 1);
            }
        }
    }

    private SentBatch referringTo(PayloadTruth payload) {
        Sent event = writing.event(payload.type(), Objects.requireNonNull(payload.id()));
        payload.referred(event);
        return world.truth().batch(List.of(event));
    }

    /// Publishes what is not known to be stored yet: now it must work.
    void finish() {
        for (SentBatch batch : batches) {
            if (!batch.isAcknowledged()) {
                world.truth()
                        .expect(
                                publish(batch, LAST_TRIES),
                                "when all is well again, what was not accepted is",
                                batch.events().toString());
            }
        }
    }

    /// Whether it is settled: accepted, or refused.
    private boolean publish(SentBatch batch, int tries) {
        for (int i = 0; i < tries; i++) {
            Node node = world.nodeUp();
            if (attempt(node, batch)) {
                return true;
            }
            world.rest(random, 200);
        }
        return false;
    }

    private boolean attempt(Node node, SentBatch batch) {
        boolean known = batch.isAcknowledged();
        boolean[] allowed = new boolean[1];
        Submission submission = Writing.submission(batch);
        world.truth().attempted(batch);
        Answer<Published> answer = world.line().ask(node, () -> {
            allowed[0] = isAllowed(node.broker().catalogs().current(), batch);
            return node.broker().publishing().publish(new Caller(name), submission);
        });
        world.trace().note(name + " publishes " + batch.events() + ": " + answer);
        return switch (answer) {
            case Answer.Value<Published>(Published.Accepted(int accepted, int duplicates)) -> {
                world.truth()
                        .expect(
                                allowed[0],
                                "only what is allowed is accepted",
                                batch.events().toString());
                world.truth().accepted(batch, accepted, duplicates, known);
                yield true;
            }
            case Answer.Value<Published>(Published.Refused(var refusal)) -> {
                world.truth()
                        .expect(
                                !allowed[0]
                                        || refusal.code() == ErrorCode.UNKNOWN_PAYLOAD
                                                && world.truth().mayLackItsPayload(batch, node),
                                "what is allowed is not refused",
                                refusal.toString());
                world.truth().withdrawn(batch);
                yield true;
            }
            case Answer.Failed<Published>(Unavailable why) -> {
                if (why.effect() == Unavailable.Effect.NONE) {
                    world.truth().withdrawn(batch);
                }
                yield false;
            }
            case Answer.Gone<Published> _ -> false;
        };
    }

    private boolean isAllowed(Catalog catalog, SentBatch batch) {
        ClientEntry entry = catalog.client(name);
        return entry != null
                && entry.produces() != null
                && batch.events().stream()
                        .allMatch(event -> catalog.type(event.type()) != null
                                && entry.produces().types().contains(event.type()));
    }
}

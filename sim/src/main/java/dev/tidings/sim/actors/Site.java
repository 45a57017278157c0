package dev.tidings.sim.actors;

import dev.tidings.broker.subscriptions.Sink.Handshake;
import dev.tidings.broker.subscriptions.Subscription;
import dev.tidings.callback.sink.Answer;
import dev.tidings.callback.sink.Outcome;
import dev.tidings.callback.sink.Outcome.Failure;
import dev.tidings.callback.sink.SinkChannel;
import dev.tidings.callback.sink.SinkRequest;
import dev.tidings.callback.sink.SinkRequest.Method;
import dev.tidings.sim.node.Node;
import dev.tidings.sim.truth.SubscriptionTruth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/// The sink of one subscription, and the network before it. It outlives all processes, and answers by its mood.
final class Site {
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]*)\"");
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final int SLOW_MILLIS = 20_000;
    private static final int LOSES_ONE_IN = 20;
    private static final List<Integer> FAILURES = List.of(302, 404, 500, 503);
    private static final List<Integer> REJECTIONS = List.of(400, 413, 415, 422);

    private final World world;
    private final SplittableRandom random;
    private final SubscriptionTruth truth;
    private Mood mood = Mood.WELL;
    private boolean calm;

    /// What a sink does with requests.
    enum Mood {
        WELL,
        /// Answers this and that.
        FLAKY,
        AWAY,
        SLOW,
        /// Wants to be left alone.
        BUSY,
        /// Will not take some events, ever.
        PICKY,
        /// Does not say that it wants to be called.
        SILENT,
        /// Wants nothing any more.
        GONE
    }

    Site(World world, SplittableRandom random, SubscriptionTruth truth) {
        this.world = world;
        this.random = random;
        this.truth = truth;
    }

    void turns(Mood next) {
        mood = next;
        if (next == Mood.GONE) {
            truth.mayEnd();
        }
    }

    /// It takes everything from now on, and no answer is lost.
    void calmsDown() {
        mood = Mood.WELL;
        calm = true;
    }

    SinkChannel channel(Node from, Subscription to) {
        truth.isServed(to.group());
        return new Channel(from, to.sink().handshake() == Handshake.NONE);
    }

    private Outcome answer(Letter letter) {
        return switch (mood) {
            case WELL -> taken(letter);
            case FLAKY ->
                switch (random.nextInt(4)) {
                    case 0, 1 -> taken(letter);
                    case 2 -> status(FAILURES.get(random.nextInt(FAILURES.size())));
                    default -> new Outcome.Failed(Failure.BROKEN, "broke off");
                };
            case AWAY -> new Outcome.Failed(Failure.UNREACHABLE, "could not be connected to");
            case SLOW -> taken(letter);
            case BUSY -> busy(random.nextInt(11));
            case PICKY ->
                letter.ids.stream().anyMatch(id -> id.endsWith("3"))
                        ? status(REJECTIONS.get(random.nextInt(REJECTIONS.size())))
                        : taken(letter);
            case SILENT -> letter.asks() ? status(200) : taken(letter);
            case GONE -> status(410);
        };
    }

    private Outcome taken(Letter letter) {
        if (letter.asks()) {
            String rate = random.nextBoolean() ? "*" : "6000";
            return new Outcome.Answered(new Answer(200, null, "*", rate, ""));
        }
        truth.accepts(letter.ids);
        return status(random.nextBoolean() ? 204 : 200);
    }

    private static Outcome status(int status) {
        return new Outcome.Answered(Answer.of(status, ""));
    }

    private static Outcome busy(int seconds) {
        return new Outcome.Answered(new Answer(429, Integer.toString(seconds), null, null, ""));
    }

    /// A request on its way.
    private record Letter(List<String> ids, CompletableFuture<Outcome> outcome) {
        boolean asks() {
            return ids.isEmpty();
        }
    }

    /// What a process has of it.
    private final class Channel implements SinkChannel {
        private final Node node;
        private final List<Letter> underWay = new ArrayList<>();
        private boolean welcome;
        private long quietUntil = Long.MIN_VALUE;

        /// @param welcome whether it need not be asked
        Channel(Node node, boolean welcome) {
            this.node = node;
            this.welcome = welcome;
        }

        @Override
        public CompletionStage<Outcome> send(SinkRequest request) {
            Letter letter = new Letter(ids(request), new CompletableFuture<>());
            world.trace().note("  " + truth + " is sent " + letter.ids);
            world.truth()
                    .expect(
                            world.nanos() >= quietUntil,
                            "a sink that wants to be left alone is",
                            truth + " was sent " + letter.ids);
            if (!letter.asks()) {
                world.truth().expect(welcome, "a sink gets nothing that it was not asked for", truth.toString());
                truth.sends(node, letter.ids);
            }
            underWay.add(letter);
            node.life().after(TIMEOUT, () -> hears(letter, new Outcome.Failed(Failure.TIMEOUT, "took too long")));
            world.elsewhere(travel(), () -> {
                Outcome outcome = answer(letter);
                world.trace().note("  " + truth + " answers " + letter.ids + ": " + outcome);
                if (calm || random.nextInt(LOSES_ONE_IN) > 0) {
                    node.life().after(travel(), () -> hears(letter, outcome));
                }
            });
            return letter.outcome;
        }

        private Duration travel() {
            return Duration.ofMillis(random.nextInt(mood == Mood.SLOW ? SLOW_MILLIS : 50));
        }

        private void hears(Letter letter, Outcome outcome) {
            if (underWay.remove(letter)) {
                learn(letter, outcome);
                letter.outcome.complete(outcome);
            }
        }

        private void learn(Letter letter, Outcome outcome) {
            switch (outcome) {
                case Outcome.Failed _ -> truth.failed(letter.ids);
                case Outcome.Answered(Answer answer) when answer.allowedOrigin() != null -> welcome = true;
                case Outcome.Answered(Answer answer)
                when answer.retryAfter() != null -> {
                    long until = world.nanos()
                            + Duration.ofSeconds(Long.parseLong(answer.retryAfter()))
                                    .toNanos();
                    node.onCallbackLoop(() -> quietUntil = Math.max(quietUntil, until));
                }
                case Outcome.Answered(Answer answer)
                when REJECTIONS.contains(answer.status()) && letter.ids.size() == 1 ->
                    truth.rejected(letter.ids.getFirst());
                case Outcome.Answered(Answer answer) when answer.status() >= 300 -> truth.failed(letter.ids);
                case Outcome.Answered _ -> {}
            }
        }

        @Override
        public void close() {
            List.copyOf(underWay).forEach(letter -> hears(letter, new Outcome.Failed(Failure.BROKEN, "was cut")));
        }
    }

    /// Empty: a request for permission.
    private static List<String> ids(SinkRequest request) {
        if (request.method() == Method.OPTIONS) {
            return List.of();
        }
        List<String> binary = request.headers().stream()
                .filter(header -> header.name().equalsIgnoreCase("ce-id"))
                .map(SinkRequest.Header::value)
                .toList();
        return binary.isEmpty()
                ? ID.matcher(request.body().toUtf8())
                        .results()
                        .map(found -> found.group(1))
                        .toList()
                : binary;
    }
}

package dev.tidings.callback.delivery;

import dev.tidings.callback.sink.Answer;
import dev.tidings.callback.sink.Outcome;
import dev.tidings.callback.sink.SinkChannel;
import dev.tidings.callback.sink.SinkRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A sink without a socket: answers when a test says so, or by itself.
final class ScriptedSink {
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]*)\"");

    /// What it was sent, in that order: the ids of events with `+` between those of one request, or `OPTIONS`.
    final List<String> requests = new ArrayList<>();
    final List<SinkRequest> whole = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private Function<String, Outcome> answers;
    /// How many lines lead to it.
    int lines;

    private record Waiting(String request, CompletableFuture<Outcome> outcome) {}

    SinkChannel open() {
        lines++;
        return new SinkChannel() {
            private final List<CompletableFuture<Outcome>> mine = new ArrayList<>();

            @Override
            public CompletionStage<Outcome> send(SinkRequest request) {
                CompletableFuture<Outcome> outcome = receive(request);
                mine.add(outcome);
                return outcome;
            }

            @Override
            public void close() {
                lines--;
                mine.forEach(outcome -> outcome.complete(new Outcome.Failed(Outcome.Failure.BROKEN, "was cut")));
            }
        };
    }

    private CompletableFuture<Outcome> receive(SinkRequest request) {
        String ids = request.method() == SinkRequest.Method.OPTIONS
                ? "OPTIONS"
                : ID.matcher(request.body().toUtf8())
                        .results()
                        .map((MatchResult found) -> found.group(1))
                        .collect(Collectors.joining("+"));
        requests.add(ids);
        whole.add(request);
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        waiting.add(new Waiting(ids, outcome));
        if (answers != null) {
            answer(ids, answers.apply(ids));
        }
        return outcome;
    }

    /// Answers everything by itself from now on, and what waits.
    void answering(Function<String, Outcome> byRequest) {
        answers = byRequest;
        List.copyOf(waiting).forEach(one -> answer(one.request, byRequest.apply(one.request)));
    }

    /// Answers nothing by itself any more.
    void silent() {
        answers = null;
    }

    /// Answers the oldest request with these events that waits.
    void answer(String request, Outcome outcome) {
        Waiting found = waiting.stream()
                .filter(one -> one.request.equals(request))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no request " + request + " waits, but " + waiting()));
        waiting.remove(found);
        found.outcome.complete(outcome);
    }

    List<String> waiting() {
        return waiting.stream().map(Waiting::request).toList();
    }

    /// What it was sent since this was asked last.
    List<String> news() {
        List<String> news = List.copyOf(requests);
        requests.clear();
        return news;
    }

    void cut() {
        waiting.clear();
    }

    static Outcome status(int status) {
        return new Outcome.Answered(Answer.of(status, ""));
    }

    static Outcome retryAfter(int status, String retryAfter) {
        return new Outcome.Answered(new Answer(status, retryAfter, null, null, ""));
    }

    static Outcome permission(String rate) {
        return new Outcome.Answered(new Answer(200, null, "*", rate, ""));
    }
}

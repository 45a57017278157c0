package dev.tidings.cli;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Sends a request until the broker takes or refuses it: again when it is busy or away, always the same bytes.
final class Retries {
    private final BrokerClient client;
    private final Patience patience;
    private final Terminal terminal;

    Retries(BrokerClient client, Patience patience, Terminal terminal) {
        this.client = client;
        this.patience = patience;
        this.terminal = terminal;
    }

    /// The broker's answer; never one that says "later". Throws a [Complaint] once patience is at its end.
    Answer post(String path, BrokerClient.Body body) throws InterruptedException {
        Duration waited = Duration.ZERO;
        for (int attempt = 0; ; attempt++) {
            Try result = attempt(path, body);
            if (result.answer != null && !result.answer.retryable()) {
                return result.answer;
            }
            Duration delay = patience.backOff.delay(attempt, result.retryAfter());
            waited = waited.plus(delay);
            if (waited.compareTo(patience.limit) > 0) {
                throw new Complaint(
                        ExitCode.UNAVAILABLE,
                        client.base() + ": " + result.why + "; gave up after " + (attempt + 1)
                                + (attempt == 0 ? " try" : " tries"));
            }
            terminal.tell("tidings: " + result.why + "; trying again in " + seconds(delay));
            patience.pause.of(delay);
        }
    }

    private Try attempt(String path, BrokerClient.Body body) throws InterruptedException {
        try {
            Answer answer = client.send("POST", path, body);
            return new Try(answer, answer.retryable() ? answer.problem().line() : "");
        } catch (IOException e) {
            return new Try(null, Reasons.of(e));
        }
    }

    private static String seconds(Duration delay) {
        return "%d.%d s".formatted(delay.toSeconds(), delay.toMillisPart() / 100);
    }

    /// How long and in which steps to wait.
    ///
    /// @param limit the time to spend between the tries of one request, in all
    record Patience(BackOff backOff, Pause pause, Duration limit) {}

    private record Try(@Nullable Answer answer, String why) {
        Duration retryAfter() {
            return answer == null ? Duration.ZERO : answer.retryAfter();
        }
    }
}

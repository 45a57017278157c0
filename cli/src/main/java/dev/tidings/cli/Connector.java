package dev.tidings.cli;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLHandshakeException;

/// Opens a WebSocket, again and again while the broker is away.
final class Connector {
    private final BrokerClient client;
    private final String path;
    private final Retries.Patience patience;
    private final Terminal terminal;

    Connector(BrokerClient client, String path, Retries.Patience patience, Terminal terminal) {
        this.client = client;
        this.path = path;
        this.patience = patience;
        this.terminal = terminal;
    }

    /// A connection, or a [Complaint] where the broker refuses or patience is at its end.
    Connection open() throws InterruptedException {
        Duration waited = Duration.ZERO;
        for (int attempt = 0; ; attempt++) {
            Inbox inbox = new Inbox();
            String why;
            Duration retryAfter = Duration.ZERO;
            try {
                return new Connection(client.open(path, inbox).get(), inbox);
            } catch (ExecutionException e) {
                Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
                if (cause instanceof SSLHandshakeException distrust) {
                    throw client.distrusts(distrust);
                }
                Answer answer = refusal(cause);
                why = answer.status() == 0
                        ? Reasons.of(cause)
                        : answer.problem().line();
                retryAfter = answer.retryAfter();
            }
            Duration delay = patience.backOff().delay(attempt, retryAfter);
            waited = waited.plus(delay);
            if (waited.compareTo(patience.limit()) > 0) {
                throw new Complaint(ExitCode.UNAVAILABLE, client.base() + ": " + why);
            }
            terminal.tell("tidings: " + client.base() + ": " + why + "; trying again");
            patience.pause().of(delay);
        }
    }

    /// The answer of a broker that may be asked again; status 0 where there was no answer.
    private static Answer refusal(Throwable cause) {
        if (cause instanceof WebSocketHandshakeException handshake && handshake.getResponse() != null) {
            HttpResponse<?> response = handshake.getResponse();
            String body = response.body() instanceof String text ? text : "";
            Answer answer =
                    new Answer(response.statusCode(), response.headers(), body.getBytes(StandardCharsets.UTF_8));
            if (!answer.retryable()) {
                throw new Complaint(ExitCode.REFUSED, answer.problem().line());
            }
            return answer;
        }
        if (cause instanceof IOException) {
            return Answer.of(0, "");
        }
        throw new IllegalStateException("the WebSocket could not be opened", cause);
    }

    record Connection(WebSocket socket, Inbox inbox) {}
}

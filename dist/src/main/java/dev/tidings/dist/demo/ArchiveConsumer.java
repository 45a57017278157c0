package dev.tidings.dist.demo;

import dev.tidings.cli.Answer;
import dev.tidings.cli.BrokerClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/// A consumer by long polling, which keeps every earthquake: asks for a batch, and with the next question confirms
/// the last.
final class ArchiveConsumer {
    private static final String INSTANCES = "/ce/consumers?group=archive";
    private static final String NEXT = "/events?max=50&timeout=1&confirm=true";
    private static final Duration LATER = Duration.ofMillis(500);

    private final BrokerClient client;
    private final Board board;

    ArchiveConsumer(BrokerClient client, Board board) {
        this.client = client;
        this.board = board;
    }

    /// Consumes until it is interrupted.
    void run() throws InterruptedException {
        while (true) {
            try {
                readFrom(create());
            } catch (IOException e) {
                board.say("archive: " + e.getMessage());
            }
            Thread.sleep(LATER);
        }
    }

    private String create() throws IOException, InterruptedException {
        Answer answer = client.send("POST", INSTANCES, null);
        if (!answer.ok()) {
            throw new IOException(answer.problem().line());
        }
        return URI.create(answer.header("location").orElseThrow()).getPath();
    }

    private void readFrom(String instance) throws IOException, InterruptedException {
        int read = 0;
        while (true) {
            Answer answer = client.send("GET", instance + NEXT, null);
            if (!answer.ok()) {
                throw new IOException(answer.problem().line());
            }
            board.pollConfirmed(read);
            read = answer.status() == 200 ? answer.json().size() : 0;
            board.polled(read);
        }
    }
}

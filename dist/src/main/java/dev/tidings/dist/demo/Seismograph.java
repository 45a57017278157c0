package dev.tidings.dist.demo;

import dev.tidings.cli.Answer;
import dev.tidings.cli.BrokerClient;
import dev.tidings.cli.Complaint;
import dev.tidings.cli.ExitCode;
import dev.tidings.cli.Pause;
import dev.tidings.model.Flaw;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// The producer: posts the events in batches of changing size. A batch is stored whole or not at all, so what is
/// refused is left out and the others are sent again.
final class Seismograph {
    private static final int LARGEST_BATCH = 20;

    private final BrokerClient client;
    private final Board board;
    private final Pause pause;
    private final RandomGenerator random;

    Seismograph(BrokerClient client, Board board, Pause pause, RandomGenerator random) {
        this.client = client;
        this.board = board;
        this.pause = pause;
        this.random = random;
    }

    /// @param rate events a second; 0: as fast as answers come
    void send(List<String> events, int rate) throws InterruptedException {
        int at = 0;
        while (at < events.size()) {
            int size = Math.min(events.size() - at, 1 + random.nextInt(LARGEST_BATCH));
            List<String> batch = events.subList(at, at + size);
            while (!batch.isEmpty()) {
                batch = post(batch);
            }
            at += size;
            if (rate > 0) {
                pause.of(Duration.ofNanos(size * 1_000_000_000L / rate));
            }
        }
    }

    /// What is left to send.
    private List<String> post(List<String> batch) throws InterruptedException {
        byte[] body = ("[" + String.join(",", batch) + "]").getBytes(StandardCharsets.UTF_8);
        Answer answer;
        try {
            answer = client.send(
                    "POST", "/ce/produce/events", new BrokerClient.Body("application/cloudevents-batch+json", body));
        } catch (IOException e) {
            throw new Complaint(ExitCode.UNAVAILABLE, "the broker does not answer: " + e.getMessage());
        }
        if (answer.ok()) {
            board.accepted(batch.size());
            return List.of();
        }
        return withoutRefused(batch, answer);
    }

    private List<String> withoutRefused(List<String> batch, Answer answer) {
        Map<Integer, Flaw> refused = new LinkedHashMap<>();
        answer.problem().flaws().forEach(flaw -> refused.putIfAbsent(flaw.index(), flaw));
        if (refused.isEmpty()) {
            throw new Complaint(ExitCode.REFUSED, answer.problem().line());
        }
        List<String> rest = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            Flaw flaw = refused.get(i);
            if (flaw == null) {
                rest.add(batch.get(i));
            } else {
                String place = flaw.pointer().isEmpty() ? "" : flaw.pointer() + ": ";
                board.rejected(Quake.read(batch.get(i)).id(), answer.status() + " " + place + flaw.reason());
            }
        }
        return rest;
    }
}

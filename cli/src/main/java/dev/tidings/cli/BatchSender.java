package dev.tidings.cli;

import dev.tidings.model.Flaw;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Sends batches, tells what was refused, and counts.
final class BatchSender {
    private static final String CONTENT_TYPE = "application/cloudevents-batch+json";

    private final Retries retries;
    private final Terminal terminal;
    private final boolean keepGoing;
    private long accepted;
    private long duplicates;
    private long refused;
    private long requests;

    /// @param keepGoing whether to leave refused events out and send the others
    BatchSender(Retries retries, Terminal terminal, boolean keepGoing) {
        this.retries = retries;
        this.terminal = terminal;
        this.keepGoing = keepGoing;
    }

    /// Sends a batch. Whether to go on with the next.
    boolean send(List<BatchSource.Line> batch) throws InterruptedException {
        List<BatchSource.Line> rest = batch;
        while (!rest.isEmpty()) {
            Answer answer = post(rest);
            if (answer.ok()) {
                count(rest, answer.json());
                return true;
            }
            Problem problem = answer.problem();
            rest = withoutRefused(rest, problem);
            if (!keepGoing || problem.flaws().isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /// Tells the totals; the exit code.
    int finish() {
        terminal.endProgress();
        terminal.out()
                .printf(
                        "accepted %d (of these %d duplicates), refused %d, in %d requests%n",
                        accepted, duplicates, refused, requests);
        return refused == 0 ? ExitCode.OK : ExitCode.REFUSED;
    }

    private Answer post(List<BatchSource.Line> batch) throws InterruptedException {
        requests++;
        try {
            return retries.post("/ce/produce/events", new BrokerClient.Body(CONTENT_TYPE, array(batch)));
        } catch (Complaint complaint) {
            terminal.endProgress();
            throw new Complaint(
                    complaint.exitCode(),
                    complaint.line() + ". Accepted so far: " + accepted + "; not known to be accepted: from line "
                            + batch.getFirst().number() + " on");
        }
    }

    private void count(List<BatchSource.Line> batch, JsonNode receipt) {
        accepted += receipt.path("accepted").asInt(batch.size());
        duplicates += receipt.path("duplicates").asInt(0);
        terminal.progress("accepted " + accepted + ", duplicates " + duplicates + ", refused " + refused);
    }

    /// Tells what was refused; what may still be sent.
    private List<BatchSource.Line> withoutRefused(List<BatchSource.Line> batch, Problem problem) {
        terminal.tell("lines " + batch.getFirst().number() + " to "
                + batch.getLast().number() + " refused: " + problem.line());
        Set<Integer> flawed = new HashSet<>();
        for (Flaw flaw : problem.flaws()) {
            if (flaw.index() >= 0 && flaw.index() < batch.size()) {
                flawed.add(flaw.index());
                terminal.tell("  "
                        + Problem.line(flaw, "line " + batch.get(flaw.index()).number()));
            }
        }
        if (flawed.isEmpty() || !keepGoing) {
            refused += batch.size();
            return List.of();
        }
        refused += flawed.size();
        List<BatchSource.Line> rest = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            if (!flawed.contains(i)) {
                rest.add(batch.get(i));
            }
        }
        return rest;
    }

    private static byte[] array(List<BatchSource.Line> batch) {
        ByteArrayOutputStream array = new ByteArrayOutputStream();
        for (BatchSource.Line line : batch) {
            array.write(array.size() == 0 ? '[' : ',');
            array.writeBytes(line.event());
        }
        array.write(']');
        return array.toByteArray();
    }
}

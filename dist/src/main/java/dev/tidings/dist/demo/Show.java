package dev.tidings.dist.demo;

import dev.tidings.cli.BrokerClient;
import dev.tidings.cli.Terminal;
import dev.tidings.cli.Terminal.Colour;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/// Who takes part in the demo, and what is said.
final class Show {
    private static final long SEED = 1906;
    private static final Duration GLANCE = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Terminal terminal;
    private final String address;
    private final BrokerClient client;
    private final Board board;
    private final List<Thread> consumers;

    Show(Terminal terminal, String address) {
        this.terminal = terminal;
        this.address = address;
        this.client = new BrokerClient(URI.create(address), null, null);
        this.board = new Board(terminal);
        this.consumers = List.of(
                consumer("map", new MapConsumer(client, board)::run),
                consumer("archive", new ArchiveConsumer(client, board)::run));
    }

    /// Sends the data set through, and waits until every event is settled. Whether the sums are right.
    boolean play(int rate) throws InterruptedException {
        List<String> events = DemoData.events();
        board.say(terminal.paint(Colour.STRONG, "A broker is running at " + address + "."));
        board.say(events.size() + " earthquakes of a week (USGS), "
                + (rate == 0 ? "as fast as it goes" : rate + " a second")
                + "; shown are those of magnitude 5 and more.");
        board.say("Group 'map' takes them over WebSocket, group 'archive' by long polling; each sees every event.");
        board.say("");
        consumers.forEach(Thread::start);
        new Seismograph(client, board, Thread::sleep, new Random(SEED)).send(events, rate);
        boolean settled = settled();
        sum(events.size(), settled);
        return settled && board.counts().accepted() + board.counts().rejected() == events.size();
    }

    void stop() {
        board.close();
        consumers.forEach(Thread::interrupt);
        client.close();
    }

    void sayWhatNext() {
        board.say("""

                The broker keeps running; Ctrl-C ends it. What to try, in another terminal:

                  Who am I to it?       curl -s %1$s/ce/tools/my-settings
                  Produce an event:     curl -s %1$s/ce/produce/event -H 'content-type: application/cloudevents+json' \\
                                          -d '{"specversion":"1.0","id":"mine-1","source":"/me","partitionkey":"me",
                                               "type":"USGS.ANSS.Earthquake.Detected","time":"2018-02-08T00:00:00Z",
                                               "data":{"mag":6.1,"place":"here","type":"earthquake","status":"automatic",
                                                       "updated":"2018-02-08T00:00:00Z","coordinates":[0,0,1]}}'
                    … then "mag":"big", and see it refused.
                  Consume all of it:    ./tidings consume --url %1$s --group mine --max 5
                    … or by long polling:
                                        at=$(curl -si -X POST '%1$s/ce/consumers?group=mine' \\
                                             | sed -n 's/^location: //Ip' | tr -d '\\r')
                                        curl -s "$at/events?max=2"; curl -si -X POST "$at/confirm"
                  Review dead events:   curl -s '%1$s/admin/dead?client=guest'
                  See the figures:      curl -s %1$s/metrics | grep tidings_
                """.formatted(address));
    }

    private boolean settled() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!board.counts().settled()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(GLANCE);
        }
        return true;
    }

    private void sum(int events, boolean settled) {
        Counts counts = board.counts();
        terminal.endProgress();
        board.say("");
        board.say("The week is over. Produced " + events + " = accepted " + counts.accepted() + " + rejected "
                + counts.rejected() + ".");
        board.say("map:     consumed " + counts.pushed() + " = confirmed " + counts.pushConfirmed() + " + dead "
                + counts.dead() + ".");
        board.say("archive: consumed " + counts.polled() + ", confirmed " + counts.pollConfirmed() + ".");
        board.say(
                settled
                        ? terminal.paint(Colour.GOOD, "Every accepted event was settled by both groups.")
                        : terminal.paint(Colour.BAD, "Not every accepted event was settled: that is wrong."));
    }

    /// Something that goes on until it is interrupted.
    @FunctionalInterface
    private interface Work {
        void run() throws InterruptedException;
    }

    private static Thread consumer(String name, Work work) {
        return Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                work.run();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }
}

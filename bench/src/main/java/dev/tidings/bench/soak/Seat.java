package dev.tidings.bench.soak;

import dev.tidings.bench.EventSocket;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import java.util.random.RandomGenerator;

/// Where one WebSocket consumer after another sits. Each lives for a random while; then it confirms what it
/// has, or dies with all of that unconfirmed, and the next takes its place.
final class Seat {
    /// Who sits there.
    ///
    /// @param query         the parameters of the instance
    /// @param confirmEach   how many events it confirms at once; 0: it never does
    /// @param deadEach      every so manieth event it reports dead; 0: none
    /// @param longestMillis the longest life; 0: it stays
    record Habit(String query, int confirmEach, int deadEach, int longestMillis) {}

    /// The world around it.
    record Room(Vertx vertx, NetClient client, int port, RandomGenerator random, Witness complaints) {}

    private final Room room;
    private final Habit habit;
    private final EventSocket.Receiver reader;
    private EventSocket socket;
    private boolean ended;

    /// @param reader sees each event before it is confirmed
    Seat(Room room, Habit habit, EventSocket.Receiver reader) {
        this.room = room;
        this.habit = habit;
        this.reader = reader;
        this.socket = open();
    }

    /// Nobody takes this place any more.
    void end() {
        ended = true;
        socket.close();
    }

    private EventSocket open() {
        EventSocket opening = new EventSocket(this::received, () -> {});
        opening.whenClosed(() -> closedBy(opening));
        opening.open(room.client, room.port, habit.query);
        if (habit.longestMillis > 0) {
            room.vertx.setTimer(
                    room.random.nextLong(habit.longestMillis / 10 + 1L, habit.longestMillis + 1L),
                    timer -> change(opening));
        }
        return opening;
    }

    private void received(EventSocket from, Buffer all, int start, int end) {
        reader.received(from, all, start, end);
        if (habit.deadEach > 0 && from.offset() % habit.deadEach == 0) {
            from.dead(all.getBuffer(start, end));
        } else if (habit.confirmEach > 0 && from.offset() % habit.confirmEach == 0) {
            from.confirm(from.offset());
        }
    }

    private void change(EventSocket leaving) {
        if (ended || leaving.closed()) {
            return;
        }
        if (habit.confirmEach > 0 && leaving.offset() > 0 && room.random.nextBoolean()) {
            leaving.confirm(leaving.offset());
        }
        leaving.close();
        socket = open();
    }

    private void closedBy(EventSocket gone) {
        if (!gone.closed() && !ended) {
            room.complaints.complain("the server closed a consumer of " + habit.query);
            gone.close();
            room.vertx.setTimer(1000, timer -> socket = open());
        }
    }
}

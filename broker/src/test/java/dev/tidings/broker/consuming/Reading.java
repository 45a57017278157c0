package dev.tidings.broker.consuming;

import dev.tidings.model.Bytes;
import dev.tidings.model.Delivery;
import dev.tidings.model.ReportedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An instance, and what it was given.
final class Reading implements Outlet {
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]*)\"");

    final List<Delivery> got = new ArrayList<>();
    private final Room room;
    Instance instance;
    Ending ending;

    Reading(Room room) {
        this.room = room;
    }

    @Override
    public void deliver(List<Delivery> deliveries) {
        got.addAll(deliveries);
    }

    @Override
    public void ended(Ending why) {
        ending = why;
    }

    void wantAll() {
        instance.grant(Integer.MAX_VALUE);
        room.loop.run();
    }

    /// The ids of what was delivered since this was asked last.
    List<String> ids() {
        List<String> ids = idsOf(got);
        got.clear();
        return ids;
    }

    static List<String> idsOf(List<Delivery> deliveries) {
        return deliveries.stream().map(delivery -> id(delivery.json())).toList();
    }

    static String id(Bytes json) {
        Matcher matcher = ID.matcher(json.toUtf8());
        return matcher.find() ? matcher.group(1) : "?";
    }

    Instance.Settlement confirm(long offset) {
        return room.now(instance.confirm(offset));
    }

    Instance.Settlement dead(long offset, String id) {
        return room.now(instance.dead(report(offset, id)));
    }

    static ReportedEvent report(Long offset, String id) {
        return new ReportedEvent(
                offset, "/test", id, Room.DONE.value(), Bytes.utf8("{\"id\":\"%s\",\"mended\":true}".formatted(id)));
    }

    List<String> poll(int max) {
        return idsOf(room.now(instance.poll(max, 1 << 20, java.time.Duration.ZERO)));
    }

    void close() {
        room.now(instance.close());
    }
}

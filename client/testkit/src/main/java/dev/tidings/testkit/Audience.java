package dev.tidings.testkit;

import dev.tidings.client.Listening;
import dev.tidings.testkit.Flow.Entry;
import dev.tidings.testkit.Flow.Step;
import io.cloudevents.CloudEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/// Who listens, and what of the flow they have not come to yet. May be used by any thread.
final class Audience {
    private final Set<Seat> seats = new CopyOnWriteArraySet<>();

    /// A listener that is there.
    record Seat(String listener, Listening listening) {
        boolean wantsAll() {
            return listening.from() == null;
        }
    }

    void add(Seat seat) {
        seats.add(seat);
    }

    void remove(Seat seat) {
        seats.remove(seat);
    }

    /// What is open, in words.
    ///
    /// @param old how many of the entries are so old that what they published may be gone
    List<String> open(List<Entry> entries, int old) {
        List<String> open = new ArrayList<>();
        for (Seat seat : seats) {
            open(seat, entries, old).forEach(event -> open.add(seat.listener + ": " + Flow.text(event)));
        }
        return open;
    }

    /// Those who have put an event off, with how many others each may have in hand: open ones, and those that wait here
    /// for their next try.
    Map<String, Integer> postponing(List<Entry> entries, int old) {
        Map<String, Integer> postponing = new LinkedHashMap<>();
        for (Seat seat : seats) {
            Collection<Step> last = last(seat, entries).values();
            if (last.contains(Step.POSTPONED)) {
                int failed = Collections.frequency(last, Step.FAILED);
                postponing.put(seat.listener, open(seat, entries, old).size() + failed);
            }
        }
        return postponing;
    }

    /// What each event has come to that a listener has met.
    private static Map<String, Step> last(Seat seat, List<Entry> entries) {
        Map<String, Step> last = new HashMap<>();
        for (Entry entry : entries) {
            if (entry.listener().equals(seat.listener)) {
                last.put(entry.event().getSource() + " " + entry.event().getId(), entry.step());
            }
        }
        return last;
    }

    private static List<CloudEvent> open(Seat seat, List<Entry> entries, int old) {
        Map<String, CloudEvent> open = new LinkedHashMap<>();
        Set<String> met = new HashSet<>();
        int number = 0;
        for (Entry entry : entries) {
            String event = entry.event().getSource() + " " + entry.event().getId();
            boolean fresh = number++ >= old;
            if (entry.step() == Step.PUBLISHED) {
                boolean wanted = fresh
                        && seat.wantsAll()
                        && seat.listening.types().contains(entry.event().getType())
                        && !met.contains(event);
                if (wanted) {
                    open.put(event, entry.event());
                }
            } else if (entry.listener().equals(seat.listener)) {
                met.add(event);
                if (entry.step() == Step.DELIVERED) {
                    open.put(event, entry.event());
                } else {
                    open.remove(event);
                }
            }
        }
        return List.copyOf(open.values());
    }
}

package dev.tidings.callback.delivery;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/// What a deliverer has in hand: events that wait for their request, in the order in which they came, and the keys of
/// which a request is under way. Of such a key nothing else goes out. Pure.
final class Hand {
    private final Limits limits;
    private final List<Parcel> waiting = new ArrayList<>();
    private final Set<String> busy = new HashSet<>();
    private long bytes;

    /// What a request may hold.
    ///
    /// @param bytes the last event may overshoot
    record Limits(int events, long bytes) {}

    Hand(Limits limits) {
        this.limits = limits;
    }

    void take(Parcel parcel) {
        waiting.add(parcel);
        bytes += parcel.bytes();
    }

    int size() {
        return waiting.size();
    }

    /// How many bytes the events that wait have.
    long bytes() {
        return bytes;
    }

    /// Takes out what goes into the next request, in order; empty where nothing may go now. Its keys are busy until
    /// they are [#free].
    List<Parcel> next() {
        List<Parcel> shipment = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        Set<String> passed = new HashSet<>();
        long packed = 0;
        for (Iterator<Parcel> each = waiting.iterator(); each.hasNext(); ) {
            Parcel parcel = each.next();
            boolean full = shipment.size() >= limits.events || packed >= limits.bytes;
            if (full || !shipment.isEmpty() && shipment.getFirst().alone()) {
                break;
            }
            String key = parcel.key();
            boolean fits = shipment.isEmpty() || !parcel.alone();
            if (key != null && (busy.contains(key) || passed.contains(key) || !fits)) {
                passed.add(key);
            } else if (fits) {
                each.remove();
                shipment.add(parcel);
                packed += parcel.bytes();
                if (key != null) {
                    taken.add(key);
                }
            }
        }
        bytes -= packed;
        busy.addAll(taken);
        return shipment;
    }

    /// The request with these is over.
    void free(List<Parcel> shipment) {
        for (Parcel parcel : shipment) {
            if (parcel.key() != null) {
                busy.remove(parcel.key());
            }
        }
    }

    /// Takes back what was in a request that is over, to be sent again before all else, in the same order.
    void putBack(List<Parcel> shipment) {
        free(shipment);
        waiting.addAll(0, shipment);
        bytes += bytes(shipment);
    }

    /// Drops what waits of this key: it was given back together with the one before it.
    List<Parcel> drop(String key) {
        List<Parcel> dropped =
                waiting.stream().filter(parcel -> key.equals(parcel.key())).toList();
        waiting.removeAll(dropped);
        bytes -= bytes(dropped);
        return dropped;
    }

    /// Drops all that waits.
    List<Parcel> clear() {
        List<Parcel> dropped = List.copyOf(waiting);
        waiting.clear();
        busy.clear();
        bytes = 0;
        return dropped;
    }

    private static long bytes(List<Parcel> parcels) {
        return parcels.stream().mapToLong(Parcel::bytes).sum();
    }
}

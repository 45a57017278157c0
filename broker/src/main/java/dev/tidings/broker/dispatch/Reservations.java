package dev.tidings.broker.dispatch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is reserved for processes. While one is away, a member that wants nothing stands for it.
final class Reservations {
    private final Queues queues;
    private final Map<String, Claims> processes = new HashMap<>();

    /// What one process has left.
    private static final class Claims {
        final List<Reservation> reservations = new ArrayList<>();
        final GroupMember standIn;

        Claims(String process) {
            standIn = new GroupMember(new Ledger("", 1, (_, _) -> {}), process);
        }

        /// What is reserved and owned by this member, and was not given to it.
        List<KeyQueue> with(GroupMember owner) {
            List<KeyQueue> keys = new ArrayList<>();
            for (Reservation reservation : reservations) {
                reservation.keys.stream()
                        .filter(key -> key.reservation == reservation && key.owner == owner)
                        .forEach(keys::add);
            }
            return keys;
        }
    }

    Reservations(Queues queues) {
        this.queues = queues;
    }

    boolean isEmpty() {
        return processes.isEmpty();
    }

    /// Closes the ledger of a member that has left the group, and reserves what it held for its process.
    ///
    /// @param others the members that are left
    /// @return null where it held nothing
    @Nullable
    Reservation close(GroupMember member, String process, Collection<GroupMember> others) {
        Claims claims = processes.computeIfAbsent(process, Claims::new);
        GroupMember heir = others.stream()
                .filter(other -> process.equals(other.process))
                .findFirst()
                .orElse(claims.standIn);
        Reservation reservation = new Reservation(process);
        queues.reserveFor(reservation, heir);
        member.ledger.close();
        queues.reserveForNobody();
        queues.bequeath(claims.with(member), heir);
        queues.disowned(member);
        if (!reservation.keys.isEmpty()) {
            claims.reservations.add(reservation);
            return reservation;
        }
        forgetWhereNothingIsLeft(process, claims);
        return null;
    }

    /// A process is back: what was kept for it waits for this instance of it, in the order in which it was read.
    void returned(String process, GroupMember member) {
        Claims claims = processes.get(process);
        if (claims != null) {
            List<KeyQueue> keys = claims.with(claims.standIn);
            keys.sort(Comparator.comparingLong(Reservations::sequence));
            queues.bequeath(keys, member);
        }
    }

    /// Its time is over: what was not given to the process is anybody's.
    void release(Reservation reservation) {
        for (KeyQueue key : reservation.keys) {
            if (key.reservation == reservation) {
                queues.free(key);
            }
        }
        Claims claims = processes.get(reservation.process);
        if (claims != null) {
            claims.reservations.remove(reservation);
            forgetWhereNothingIsLeft(reservation.process, claims);
        }
    }

    private void forgetWhereNothingIsLeft(String process, Claims claims) {
        if (claims.reservations.isEmpty()) {
            processes.remove(process);
        }
    }

    private static long sequence(KeyQueue key) {
        Pending head = key.head();
        return head == null ? Long.MAX_VALUE : head.sequence;
    }
}

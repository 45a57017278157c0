package dev.tidings.broker.payloads;

import dev.tidings.broker.payloads.PayloadRules.Used;
import dev.tidings.engine.Appended;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Batch.StateChange;
import dev.tidings.engine.Engine;
import dev.tidings.model.ClientName;
import dev.tidings.model.StreamName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// What payloads and uploads there are, in memory and as rows. What is in memory is never behind the rows in what
/// keeps a payload: a hold counts from the moment in which the event that brings it is given to the log. May be used by
/// any thread; nothing here blocks. Rows of one payload are appended in the order in which it changed: under the lock.
final class PayloadTable {
    private final Engine engine;
    private final InstantSource clock;
    private final Map<PayloadId, Payload> payloads = new HashMap<>();
    private final Map<PayloadId, Upload> uploads = new HashMap<>();
    private final Map<PayloadId, Integer> pins = new HashMap<>();
    private final Map<ClientName, Account> accounts = new HashMap<>();
    private int all;
    private long bytes;

    /// An event that refers to a payload, and where it is about to be stored.
    record Reference(PayloadId id, StreamName stream) {}

    private static final class Account {
        private long bytes;
        private int payloads;
        private int uploads;
    }

    PayloadTable(Engine engine, InstantSource clock) {
        this.engine = engine;
        this.clock = clock;
    }

    /// Takes in what was stored before.
    synchronized void load(List<Payload> stored, List<Upload> begun) {
        for (Payload payload : stored) {
            payloads.put(payload.id(), payload);
            take(payload.about().client(), payload.size());
        }
        for (Upload upload : begun) {
            uploads.put(upload.id(), upload);
            takeUpload(upload.about().client(), upload.size());
        }
    }

    synchronized @Nullable Payload payload(PayloadId id) {
        return payloads.get(id);
    }

    synchronized @Nullable Upload upload(PayloadId id) {
        return uploads.get(id);
    }

    synchronized Used used(ClientName client) {
        Account account = accounts.get(client);
        return account == null
                ? new Used(0, 0, 0, all)
                : new Used(account.bytes, account.payloads, account.uploads, all);
    }

    /// Room for one more payload of a client, on its way or there.
    synchronized void take(ClientName client, long size) {
        Account account = account(client);
        account.payloads++;
        account.bytes += size;
        all++;
        bytes += size;
    }

    /// The same for one that comes in parts.
    synchronized void takeUpload(ClientName client, long size) {
        take(client, size);
        account(client).uploads++;
    }

    synchronized void giveBackUpload(ClientName client, long size) {
        account(client).uploads--;
        giveBack(client, size);
    }

    /// More room, or less, for a payload that is on its way.
    synchronized void resize(ClientName client, long more) {
        account(client).bytes += more;
        bytes += more;
    }

    synchronized void giveBack(ClientName client, long size) {
        Account account = account(client);
        account.payloads--;
        account.bytes -= size;
        all--;
        bytes -= size;
        if (account.payloads == 0) {
            accounts.remove(client);
        }
    }

    /// Begins an upload, for which there is room already, or tells how far it is now.
    synchronized CompletionStage<Appended> put(Upload upload) {
        uploads.put(upload.id(), upload);
        return append(PayloadRows.put(upload));
    }

    /// Forgets an upload that could not be begun.
    synchronized void forget(Upload upload) {
        if (uploads.remove(upload.id()) != null) {
            giveBackUpload(upload.about().client(), upload.size());
        }
    }

    /// Ends an upload without a payload.
    synchronized CompletionStage<Appended> remove(Upload upload) {
        forget(upload);
        return append(PayloadRows.removeUpload(upload.id()));
    }

    /// Makes a complete payload known, of an upload or not; there is room for it already. Nobody finds it before that
    /// is durable.
    CompletionStage<Appended> complete(Payload payload) {
        CompletionStage<Appended> durable = append(PayloadRows.put(payload), PayloadRows.removeUpload(payload.id()));
        return durable.thenApply(appended -> {
            appear(payload);
            return appended;
        });
    }

    private synchronized void appear(Payload payload) {
        payloads.put(payload.id(), payload);
        if (uploads.remove(payload.id()) != null) {
            account(payload.about().client()).uploads--;
        }
    }

    /// Keeps a payload from going; each pin is to be taken out again.
    synchronized void pin(PayloadId id) {
        pins.merge(id, 1, Integer::sum);
    }

    synchronized void unpin(PayloadId id) {
        pins.computeIfPresent(id, (_, count) -> count == 1 ? null : count - 1);
    }

    /// Appends a batch whose events refer to payloads, together with what keeps those of them that there are.
    CompletionStage<Appended> append(Batch batch, List<Reference> references) {
        List<Payload> held = new ArrayList<>();
        CompletionStage<Appended> appending;
        synchronized (this) {
            List<StateChange> states = new ArrayList<>(batch.states());
            Instant now = clock.instant();
            for (Reference reference : references) {
                Payload payload = payloads.get(reference.id);
                if (payload != null) {
                    Payload holding = payload.with(holds(payload, reference, now));
                    payloads.put(reference.id, holding);
                    pin(reference.id);
                    held.add(holding);
                    states.add(PayloadRows.put(holding));
                }
            }
            appending = engine.log().append(new Batch(batch.entries(), batch.cursors(), states));
        }
        return appending.whenComplete((appended, _) -> settle(held, appended));
    }

    private static Holds holds(Payload payload, Reference reference, Instant now) {
        Holds holds = payload.holds().in(reference.stream);
        return reference.stream.equals(payload.about().type().stream()) ? holds.referencedAt(now) : holds;
    }

    /// @param appended null: that failed
    private synchronized void settle(List<Payload> held, @Nullable Appended appended) {
        for (Payload payload : held) {
            unpin(payload.id());
            Payload now = payloads.get(payload.id());
            if (appended != null && now != null && payload.holds().referenced() != null) {
                payloads.put(payload.id(), now.with(now.holds().referencedAt(appended.at())));
            }
        }
    }

    /// The payloads that nothing is happening to.
    synchronized List<Payload> resting() {
        return payloads.values().stream()
                .filter(payload -> !pins.containsKey(payload.id()))
                .toList();
    }

    synchronized List<Payload> payloads() {
        return List.copyOf(payloads.values());
    }

    synchronized List<Upload> uploads() {
        return List.copyOf(uploads.values());
    }

    /// Changes what keeps a payload, if it is as it was seen; null where it is not.
    synchronized @Nullable CompletionStage<Appended> replace(Payload seen, Holds holds) {
        if (isOtherwise(seen)) {
            return null;
        }
        Payload changed = seen.with(holds);
        payloads.put(seen.id(), changed);
        return append(PayloadRows.put(changed));
    }

    /// Takes a payload away, if it is as it was seen; null where it is not.
    synchronized @Nullable CompletionStage<Appended> remove(Payload seen) {
        if (isOtherwise(seen)) {
            return null;
        }
        payloads.remove(seen.id());
        giveBack(seen.about().client(), seen.size());
        return append(PayloadRows.removePayload(seen.id()));
    }

    /// It could not be taken away.
    synchronized void restore(Payload payload) {
        take(payload.about().client(), payload.size());
        payloads.put(payload.id(), payload);
    }

    @SuppressWarnings("ReferenceEquality") // what happened to it made another of it
    private boolean isOtherwise(Payload seen) {
        return payloads.get(seen.id()) != seen || pins.containsKey(seen.id());
    }

    /// Bytes of all payloads, and how many there are.
    synchronized Used total() {
        return new Used(bytes, payloads.size(), uploads.size(), all);
    }

    private Account account(ClientName client) {
        return accounts.computeIfAbsent(client, _ -> new Account());
    }

    private CompletionStage<Appended> append(StateChange... changes) {
        return engine.log().append(Batch.ofStates(List.of(changes)));
    }
}

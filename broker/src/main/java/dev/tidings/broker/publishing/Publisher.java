package dev.tidings.broker.publishing;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.Catalogs;
import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.broker.payloads.PayloadClaims.Claim;
import dev.tidings.broker.quotas.PublishQuotas;
import dev.tidings.engine.Batch;
import dev.tidings.engine.EventLog;
import dev.tidings.engine.Unavailable;
import dev.tidings.model.Caller;
import dev.tidings.model.Event;
import dev.tidings.model.Refusal;
import dev.tidings.model.Submission;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// Judges what producers send by the catalog in force, and stores what is admitted.
///
/// The quota is the last thing asked: it is taken from only when the whole request has been found good and is about
/// to be stored, so a refused request costs the client nothing. Where data must be validated it is looked at before
/// too, so that a client over its quota does not have the broker validate in vain. Two requests under way at the
/// same time may be stored in either order.
public final class Publisher implements Publishing, Admission {
    private static final Published NOTHING = new Published.Accepted(0, 0);

    private final EventLog log;
    private final PublishQuotas quotas;
    private final PublishParts parts;
    private volatile PublishRules rules;

    public Publisher(EventLog log, Catalogs catalogs, PublishQuotas quotas, PublishParts parts) {
        this.log = log;
        this.quotas = quotas;
        this.parts = parts;
        rules = PublishRules.of(catalogs.current(), parts.config(), parts.compiler());
        catalogs.onChange(this::adopt);
        adopt(catalogs.current());
    }

    @Override
    public CompletionStage<Published> publish(Caller caller, Submission submission) {
        PublishRules inForce = rules;
        return settle(client(inForce, caller), inForce.judge(caller, submission));
    }

    @Override
    public CompletionStage<Published> publishTest(Caller caller, Submission submission) {
        PublishRules inForce = rules;
        return settle(client(inForce, caller), inForce.judgeTest(caller, submission));
    }

    @Override
    public CompletionStage<Optional<Refusal>> judge(Event event) {
        Judgement judgement = rules.judgeAgain(event);
        return judgement instanceof Judgement.Unvalidated(var validation)
                ? onWorker(validation).thenApply(Publisher::refusal)
                : CompletableFuture.completedStage(refusal(judgement));
    }

    private static Optional<Refusal> refusal(Judgement judgement) {
        return judgement instanceof Judgement.Refused(var refusal) ? Optional.of(refusal) : Optional.empty();
    }

    private static @Nullable ClientEntry client(PublishRules rules, Caller caller) {
        return rules.catalog().client(caller.client());
    }

    private CompletionStage<Published> settle(@Nullable ClientEntry client, Judgement judgement) {
        return switch (judgement) {
            case Judgement.Refused(var refusal) -> refuse(refusal);
            case Judgement.Unvalidated(var validation) -> validate(known(client), validation);
            case Judgement.Admitted(var entries) -> store(known(client), entries);
        };
    }

    /// The rules admit nothing of an unknown client.
    private static ClientEntry known(@Nullable ClientEntry client) {
        if (client == null) {
            throw new IllegalStateException("an unknown client was admitted");
        }
        return client;
    }

    private CompletionStage<Published> validate(ClientEntry client, Validation validation) {
        Refusal overQuota = quotas.foresee(client, validation.events(), validation.bytes());
        if (overQuota != null) {
            return refuse(overQuota);
        }
        Optional<Judgement> atOnce =
                validation.judgeQuickly(parts.config().validation().bytes());
        return atOnce.isPresent()
                ? settle(client, atOnce.get())
                : onWorker(validation).thenCompose(judgement -> settle(client, judgement));
    }

    private CompletionStage<Judgement> onWorker(Validation validation) {
        try {
            return CompletableFuture.supplyAsync(validation::judge, parts.worker());
        } catch (RejectedExecutionException _) {
            return CompletableFuture.failedStage(new Unavailable(
                    "too much data waits to be validated", Unavailable.Effect.NONE, Duration.ofSeconds(1)));
        }
    }

    private CompletionStage<Published> store(ClientEntry client, List<Batch.Entry> entries) {
        if (entries.isEmpty()) {
            return CompletableFuture.completedStage(NOTHING);
        }
        return switch (parts.payloads().claim(client, entries)) {
            case Claim.Refused(var refusal) -> refuse(refusal);
            case Claim.Held(var release) -> append(client, entries).whenComplete((_, _) -> release.run());
        };
    }

    private CompletionStage<Published> append(ClientEntry client, List<Batch.Entry> entries) {
        int events = entries.size();
        long bytes = Validation.bytes(entries);
        Refusal overQuota = quotas.take(client, events, bytes);
        if (overQuota != null) {
            return refuse(overQuota);
        }
        return log.append(Batch.ofEntries(entries)).thenApply(appended -> {
            parts.observer().accepted(client.name(), events, appended.duplicates(), bytes);
            return new Published.Accepted(events, appended.duplicates());
        });
    }

    private CompletionStage<Published> refuse(Refusal refusal) {
        parts.observer().refused(refusal.code());
        return CompletableFuture.completedStage(new Published.Refused(refusal));
    }

    private synchronized void adopt(Catalog catalog) {
        if (catalog.version() > rules.catalog().version()) {
            rules = rules.withCatalog(catalog);
            quotas.keepOnly(catalog.clients().keySet());
        }
    }
}

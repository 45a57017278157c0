package dev.tidings.client.subscriptions;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// The subscriptions of this program: what the broker posts to which address. What the sink is to do,
/// [dev.tidings.client.webhooks.WebHook] helps with. May be used by any thread.
///
/// All complete exceptionally with [dev.tidings.client.RefusedException] where the broker refuses, and with
/// [dev.tidings.client.UnavailableException] where it could not be reached in time: what changes something may have
/// been done then.
public interface Subscriptions {
    /// Subscribes. The answer tells the [Subscription#signingSecret], once.
    CompletableFuture<Subscription> create(Subscribing wanted);

    /// All, the oldest first.
    CompletableFuture<List<Subscription>> list();

    /// One.
    CompletableFuture<Subscription> get(String id);

    /// How one is doing.
    CompletableFuture<SubscriptionStatus> status(String id);

    /// Puts another in the place of one that was read: its [Subscription#wanted], changed. Secrets of its credential
    /// stay where they are not given anew. Refused (412) where somebody has changed it meanwhile.
    CompletableFuture<Subscription> change(Subscription before, Subscribing wanted);

    /// Delivers nothing more when this completes; what comes waits.
    ///
    /// @param reason for whoever looks at it
    CompletableFuture<Subscription> pause(String id, String reason);

    /// Goes on where it was; one that has ended begins anew.
    CompletableFuture<Subscription> resume(String id);

    /// Makes another signing secret, which the answer tells.
    ///
    /// @param overlap for how long requests are signed with the one before as well
    CompletableFuture<Subscription> rotateSecret(String id, Duration overlap);

    /// Delivers nothing more when this completes, and forgets it. Where there is none, nothing happens.
    CompletableFuture<Void> delete(String id);
}

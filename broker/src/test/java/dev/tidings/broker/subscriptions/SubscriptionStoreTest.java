package dev.tidings.broker.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.ClientEntry.Grant;
import dev.tidings.broker.catalog.ClientEntry.Quotas;
import dev.tidings.broker.subscriptions.Subscription.State;
import dev.tidings.broker.subscriptions.SubscriptionOutcome.Done;
import dev.tidings.broker.subscriptions.SubscriptionStore.Target;
import dev.tidings.engine.Unavailable;
import dev.tidings.model.Bytes;
import dev.tidings.model.ClientName;
import dev.tidings.model.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SubscriptionStoreTest {
    private final Room room = new Room();

    @Test
    void createsASubscriptionThatBeginsNow() {
        room.publish(Room.DONE, "before");

        Subscription subscription = room.create(Room.PLAIN);
        room.publish(Room.DONE, "after");

        assertThat(subscription.active()).isTrue();
        assertThat(room.told).containsExactly("ACTIVE 1");
        assertThat(room.backlog(subscription)).containsExactly("after");
    }

    @Test
    void createsOneThatBeginsWhereItIsAskedTo() {
        room.publish(Room.DONE, "first");
        room.clock.advance(Duration.ofMinutes(1));
        Instant time = room.clock.instant();
        room.publish(Room.DONE, "second");

        assertThat(room.backlog(room.create(Room.SINK + ", \"config\": {\"from\": \"earliest\"}}")))
                .containsExactly("first", "second");
        assertThat(room.backlog(room.create(Room.SINK + ", \"config\": {\"from\": \"" + time + "\"}}")))
                .containsExactly("second");
    }

    @Test
    void wantsWhatASubscriptionIsAboutAndItsClientMayConsumeNow() {
        Subscription all = room.create(Room.PLAIN);
        Subscription one = room.create(Room.SINK + ", \"types\": [\"Org.Sys.Thing.Done\"]}");
        assertThat(room.store.wants(all.id(), Room.UNDONE, 1_000)).isTrue();
        assertThat(room.store.wants(one.id(), Room.UNDONE, 1_000)).isFalse();
        assertThat(room.store.wants(one.id(), Room.DONE, 1_000)).isTrue();

        room.grant(Quotas.DEFAULT, Room.UNDONE);

        assertThat(room.store.wants(one.id(), Room.DONE, 1_000)).isFalse();
        assertThat(room.store.wants(all.id(), Room.DONE, 1_000)).isFalse();
        assertThat(room.store.wants("0", Room.UNDONE, 1_000)).isFalse();
    }

    @Test
    void wantsNothingThatCameBeforeItsTypeWasGrantedAgain() {
        Subscription subscription = room.create(Room.PLAIN);

        room.grant(Quotas.DEFAULT, Map.of(Room.DONE, new Grant(false, Instant.ofEpochMilli(2_000))));

        assertThat(room.store.wants(subscription.id(), Room.DONE, 1_999)).isFalse();
        assertThat(room.store.wants(subscription.id(), Room.DONE, 2_000)).isTrue();
    }

    @Test
    void keepsSubscriptionsAcrossACrash() {
        Subscription subscription = room.create(Room.SINK + ", \"types\": [\"Org.Sys.Thing.Done\"], \"source\": \"/a\","
                + " \"filters\": [{\"prefix\": {\"subject\": \"x\"}}],"
                + " \"protocolsettings\": {\"mode\": \"batch\", \"headers\": {\"X-Shop\": \"a b\"}},"
                + " \"sinkcredential\": {\"credentialtype\": \"PLAIN\", \"identifier\": \"me\", \"secret\": \"s3cret\"},"
                + " \"config\": {\"order\": \"none\", \"maxRate\": 7, \"concurrency\": 3,"
                + " \"retries\": {\"first\": \"1s\", \"longest\": \"1m\", \"giveUp\": \"2h\"}}}");
        room.publish(Room.DONE, "a");

        room.crash();

        assertThat(room.store.find(subscription.id())).contains(subscription);
    }

    @Test
    void createsNothingWhereItCouldNotBeStored() {
        room.engine.appends().shut();
        var created = room.store.create(Room.OWNER, Bytes.utf8(Room.PLAIN)).toCompletableFuture();
        room.loop.run();
        room.engine.appends().fail(new Unavailable("full", Unavailable.Effect.NONE, Duration.ofSeconds(1)));
        room.loop.run();
        room.engine.appends().open();

        assertThat(created).isCompletedExceptionally();
        assertThat(room.store.all()).isEmpty();
        room.create(Room.PLAIN);
        assertThat(room.store.all()).hasSize(1);
    }

    @Test
    void pausesAndResumesWithoutLosingAnything() {
        Subscription subscription = room.create(Room.PLAIN);
        Subscription paused = room.done(room.store.pause(Room.target(subscription), "maintenance"));
        room.publish(Room.DONE, "meanwhile");
        room.crash();

        assertThat(room.store.find(subscription.id()).orElseThrow().status().reason())
                .isEqualTo("maintenance");
        Subscription resumed = room.done(room.store.resume(Room.target(paused)));

        assertThat(resumed.active()).isTrue();
        assertThat(resumed.version()).isEqualTo(3);
        assertThat(room.backlog(resumed)).containsExactly("meanwhile");
    }

    @Test
    void hasPausedOnceNothingIsDeliveredAnyMore() {
        Subscription subscription = room.create(Room.PLAIN);
        room.stopped = new CompletableFuture<>();

        var paused = room.store.pause(Room.target(subscription), null).toCompletableFuture();
        room.loop.run();

        assertThat(paused).isNotDone();
        room.stopped.complete(null);
        assertThat(paused).isCompleted();
    }

    @Test
    void deletesOnceNothingIsDeliveredAnyMore() {
        Subscription subscription = room.create(Room.PLAIN);
        room.stopped = new CompletableFuture<>();

        var deleted = room.store.delete(Room.target(subscription)).toCompletableFuture();
        room.loop.run();

        assertThat(deleted).isNotDone();
        room.stopped.complete(null);
        room.loop.run();
        assertThat(deleted).isCompleted();
        assertThat(room.told).containsExactly("ACTIVE 1", "removed 1");
        assertThat(room.engine.groups().known()).isEmpty();
        assertThat(room.engine.states().rows("subscriptions")).isEmpty();
        assertThat(room.engine.states().rows("groups")).isEmpty();
        assertThat(room.store.all()).isEmpty();
    }

    @Test
    void goesOnWithOneThatCouldNotBeDeleted() {
        Subscription subscription = room.create(Room.PLAIN);
        room.publish(Room.DONE, "a");
        room.engine.appends().shut();
        var deleted = room.store.delete(Room.target(subscription)).toCompletableFuture();
        room.loop.run();
        room.engine.appends().fail(new Unavailable("full", Unavailable.Effect.NONE, Duration.ofSeconds(1)));
        room.loop.run();
        room.engine.appends().open();

        assertThat(deleted).isCompletedExceptionally();
        assertThat(room.told).containsExactly("ACTIVE 1", "removed 1", "ACTIVE 1");
        assertThat(room.backlog(subscription)).containsExactly("a");
    }

    @Test
    void keepsNothingForOneThatHasEnded() {
        Subscription subscription = room.create(Room.PLAIN);

        room.now(room.store.end(subscription.id(), "its sink said 410"));

        Subscription ended = room.store.find(subscription.id()).orElseThrow();
        assertThat(ended.status().state()).isEqualTo(State.ENDED);
        assertThat(ended.status().reason()).isEqualTo("its sink said 410");
        assertThat(room.engine.groups().known()).isEmpty();
        room.crash();
        assertThat(room.store.find(subscription.id())).contains(ended);
    }

    @Test
    void letsOneThatHasEndedBeginAnew() {
        Subscription subscription = room.create(Room.PLAIN);
        room.now(room.store.end(subscription.id(), "gone"));
        room.publish(Room.DONE, "missed");

        Subscription resumed = room.done(room.store.resume(new Target(Room.OWNER, subscription.id(), null)));
        room.publish(Room.DONE, "after");

        assertThat(room.backlog(resumed)).containsExactly("after");
    }

    @Test
    void passesOverTheEndOfOneThatIsGone() {
        Subscription subscription = room.create(Room.PLAIN);
        room.done(room.store.delete(Room.target(subscription)));

        room.now(room.store.end(subscription.id(), "gone"));

        assertThat(room.store.all()).isEmpty();
    }

    @Test
    void replacesWhatItIsAboutFromNowOn() {
        Subscription subscription = room.create(Room.SINK + ", \"types\": [\"Org.Sys.Thing.Done\"]}");
        room.publish(Room.DONE, "done before");
        room.publish(Room.UNDONE, "undone before");
        room.clock.advance(Duration.ofMinutes(1));

        Subscription after = room.replace(subscription, Room.SINK + ", \"types\": [\"Org.Sys.Thing.Undone\"]}");
        room.publish(Room.DONE, "done after");
        room.publish(Room.UNDONE, "undone after");

        assertThat(after.version()).isEqualTo(2);
        assertThat(room.backlog(after)).containsExactly("undone after");
    }

    @Test
    void isAboutTheEventsOfItsSourceThatPassItsFilters() {
        Subscription subscription =
                room.create(Room.SINK + ", \"source\": \"/other\", \"filters\": [{\"prefix\": {\"id\": \"a\"}}]}");
        room.publish(Room.DONE, "a1");
        assertThat(room.backlog(subscription)).isEmpty();

        Subscription filtered = room.replace(
                subscription, Room.SINK + ", \"source\": \"/test\", \"filters\": [{\"prefix\": {\"id\": \"a\"}}]}");
        room.publish(Room.DONE, "a2");
        room.publish(Room.DONE, "b");
        assertThat(room.backlog(filtered)).containsExactly("a2");

        Subscription unfiltered = room.replace(filtered, Room.PLAIN);
        room.publish(Room.DONE, "c");
        assertThat(room.backlog(unfiltered)).containsExactly("a2", "c");
        assertThat(room.refusedCreation(Room.SINK + ", \"filters\": [{\"sqrt\": 1}]}")
                        .flaws()
                        .getFirst()
                        .pointer())
                .isEqualTo("/filters/0/sqrt");
    }

    @Test
    void keepsASecretThatCannotBeSaidAgain() {
        String credential = ", \"sinkcredential\": {\"credentialtype\": \"PLAIN\", \"identifier\": \"me\"";
        Subscription subscription = room.create(Room.SINK + credential + ", \"secret\": \"s3cret\"}}");

        Subscription after = room.replace(subscription, Room.SINK + credential + "}}");

        assertThat(after.sink().credential()).isEqualTo(new Credential.Plain("me", new Secret("s3cret")));
        assertThat(after.sink().signing()).isEqualTo(subscription.sink().signing());
        Subscription without = room.replace(after, Room.PLAIN);
        assertThat(without.sink().credential()).isNull();
    }

    @Test
    void changesNoOtherVersionThanTheOneThatWasRead() {
        Subscription first = room.create(Room.PLAIN);
        room.replace(first, Room.PLAIN);

        assertThat(room.refusal(room.store.replace(Room.target(first), Bytes.utf8(Room.PLAIN)))
                        .code())
                .isEqualTo(ErrorCode.VERSION_CONFLICT);
        assertThat(room.refusal(room.store.delete(Room.target(first))).code()).isEqualTo(ErrorCode.VERSION_CONFLICT);
    }

    @Test
    void signsWithANewSecretBesideTheOldOneForAWhile() {
        Subscription subscription = room.create(Room.PLAIN);
        SigningSecret old = subscription.sink().signing().getFirst();

        Done rotated = (Done) room.now(room.store.rotate(Room.target(subscription), Duration.ofHours(1)));

        var signing = rotated.subscription().sink().signing();
        assertThat(signing.getFirst().secret()).isEqualTo(rotated.signing()).isNotEqualTo(old.secret());
        assertThat(signing.get(1).inForce(room.clock.instant())).isTrue();
        assertThat(signing.get(1).inForce(room.clock.instant().plus(Duration.ofHours(1))))
                .isFalse();
        Done compromised = (Done) room.now(room.store.rotate(Room.target(rotated.subscription()), Duration.ZERO));
        assertThat(compromised.subscription().sink().signing()).hasSize(1);
    }

    @Test
    void showsNoSecretInTheStoreOrInWords() {
        Subscription subscription = room.create(
                Room.SINK + ", \"sinkcredential\": {\"credentialtype\": \"ACCESSTOKEN\", \"accesstoken\": \"t0ken\"}}");
        String signing = subscription.sink().signing().getFirst().secret().text();

        String row = room.engine
                .states()
                .rows("subscriptions")
                .values()
                .iterator()
                .next()
                .toUtf8();

        assertThat(row).doesNotContain("t0ken").doesNotContain(signing);
        assertThat(subscription.toString()).doesNotContain("t0ken").doesNotContain(signing);
    }

    @Test
    void pausesWhatItHasNoKeyFor() {
        Subscription subscription = room.create(Room.PLAIN);
        room.key = new byte[] {
            1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8
        };

        room.crash();

        Subscription unreadable = room.store.find(subscription.id()).orElseThrow();
        assertThat(unreadable.status().state()).isEqualTo(State.PAUSED);
        assertThat(unreadable.status().reason()).contains("key");
        Done rotated = (Done) room.now(room.store.rotate(Room.target(unreadable), null));
        assertThat(room.done(room.store.resume(Room.target(rotated.subscription())))
                        .active())
                .isTrue();
    }

    @Test
    void isRefusedToWhoIsNoConsumerOrHasEnough() {
        room.grant(new Quotas(null, null, null, null, null, 1), Room.DONE);
        room.create(Room.PLAIN);

        assertThat(room.refusedCreation(Room.PLAIN).code()).isEqualTo(ErrorCode.OVER_QUOTA);
        assertThat(room.refusal(room.store.create(new ClientName("stranger"), Bytes.utf8(Room.PLAIN)))
                        .code())
                .isEqualTo(ErrorCode.NOT_ALLOWED);
        assertThat(room.store.of(Room.OWNER)).hasSize(1);
    }

    @Test
    void isNotOneTooManyThoughTwoAreCreatedAtOnce() {
        room.grant(new Quotas(null, null, null, null, null, 1), Room.DONE);
        room.engine.appends().shut();

        var one = room.store.create(Room.OWNER, Bytes.utf8(Room.PLAIN));
        var other = room.store.create(Room.OWNER, Bytes.utf8(Room.PLAIN));
        room.engine.appends().open();

        assertThat(room.done(one).active()).isTrue();
        assertThat(room.refusal(other).code()).isEqualTo(ErrorCode.OVER_QUOTA);
    }

    @Test
    void asksItsSinkFirstUnlessTheOperatorLetsThatBeLeftAway() {
        String unasked = Room.SINK + ", \"protocolsettings\": {\"handshake\": \"none\"}}";
        Room lenient = new Room(new SubscriptionConfig(1, false, true, Duration.ZERO));

        assertThat(room.refusedCreation(unasked).flaws().getFirst().pointer()).isEqualTo("/protocolsettings/handshake");
        assertThat(lenient.create(unasked).sink().handshake()).isEqualTo(Sink.Handshake.NONE);
    }

    @Test
    void staysPausedWhereItIsReplacedAndNothingIsSaidOfThat() {
        Subscription subscription = room.create(Room.PLAIN);
        Subscription paused = room.done(room.store.pause(Room.target(subscription), "moving"));

        Subscription replaced = room.replace(paused, Room.PLAIN);

        assertThat(replaced.status()).isEqualTo(paused.status());
        assertThat(room.replace(replaced, Room.SINK + ", \"config\": {\"paused\": false}}")
                        .active())
                .isTrue();
    }

    @Test
    void isSeenByItsOwnerOnly() {
        Subscription subscription = room.create(Room.PLAIN);

        assertThat(room.store.find(new ClientName("stranger"), subscription.id()))
                .isEmpty();
        assertThat(room.store.find(Room.OWNER, subscription.id())).isPresent();
    }

    @Test
    void saysWhatItMayNotHaveAnyMore() {
        Subscription subscription =
                room.create(Room.SINK + ", \"types\": [\"Org.Sys.Thing.Done\", \"Org.Sys.Thing.Undone\"]}");
        room.told.clear();

        room.grant(Quotas.DEFAULT, Room.DONE);

        assertThat(room.store.standing(subscription).granted()).containsExactly(Room.DONE);
        assertThat(room.store.standing(subscription).notGranted()).containsExactly(Room.UNDONE);
        assertThat(room.told).containsExactly("ACTIVE 1");
        room.change(Catalog.EMPTY);
        assertThat(room.store.standing(subscription).granted()).isEmpty();
        assertThat(room.backlog(subscription)).containsExactly("refused");
    }
}

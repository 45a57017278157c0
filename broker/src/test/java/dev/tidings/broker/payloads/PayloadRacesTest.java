package dev.tidings.broker.payloads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.broker.payloads.PayloadClaims.Claim;
import dev.tidings.engine.Unavailable;
import dev.tidings.engine.testkit.disk.Crash;
import dev.tidings.engine.testkit.disk.Operation;
import dev.tidings.model.ClientName;
import dev.tidings.model.ErrorCode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What becomes of payloads where two things happen to them at once, or the store takes only one of two.
class PayloadRacesTest {
    private final Warehouse house = new Warehouse();

    @Test
    void keepAPayloadThatIsReferredToWhileASweepLooksAtIt() throws IOException {
        Payload payload = whoseEventHasGone();
        house.log.whileLooking(() -> house.publish(payload));

        house.payloads.sweep();
        house.payloads.sweep();

        assertThat(house.text(payload)).isEqualTo("a scan");
    }

    @Test
    void keepAPayloadThatIsClaimedWhileASweepLooksAtIt() throws IOException {
        Payload payload = whoseEventHasGone();
        house.log.whileLooking(() -> claim(payload));

        house.payloads.sweep();

        assertThat(house.text(payload)).isEqualTo("a scan");
    }

    /// The sweep would note the end that the stream has without the event.
    @Test
    void keepAPayloadThatASweepLooksAtWhileItsEventIsStored() throws IOException {
        Payload payload = house.store("a scan");
        house.log.whileAppending(this::sweep);

        house.publish(payload);
        house.pass(Duration.ofDays(2));
        house.pass(Duration.ofDays(2));

        assertThat(house.text(payload)).isEqualTo("a scan");
    }

    @Test
    void keepAPayloadUntilTheLastOfThoseWhoClaimItHasLetGo() throws IOException {
        Payload payload = house.store("a scan");
        Claim one = claim(payload);
        Claim other = claim(payload);

        release(one);
        house.pass(Duration.ofDays(2));
        assertThat(house.has(payload)).isTrue();

        release(other);
        house.pass(Duration.ofDays(2));
        assertThat(house.has(payload)).isFalse();
    }

    @Test
    void letGoOfAPayloadWhoseClaimIsRefused() throws IOException {
        Payload payload = house.store("a scan");
        var entry = Warehouse.entry(payload, Warehouse.SCAN.stream());

        assertThat(house.payloads.claim(Warehouse.client("till"), List.of(entry)))
                .isInstanceOf(Claim.Refused.class);
        house.pass(Duration.ofDays(2));

        assertThat(house.has(payload)).isFalse();
    }

    /// How many there are was looked at before their files are made.
    @Test
    void beginNoMoreUploadsAtOnceThanAClientMayHave() throws IOException {
        List<Begun> others = new ArrayList<>();
        house.disk.watch(_ -> {
            house.disk.watch(_ -> {});
            others.add(begin());
            others.add(begin());
        });

        house.begin(1, null);

        assertThat(others).hasSize(2);
        assertThat(others.getLast()).isInstanceOf(Begun.Refused.class);
        assertThat(house.payloads.figures().uploads()).isEqualTo(2);
    }

    private Begun begin() {
        try {
            return house.payloads.begin(Warehouse.CATALOG, Warehouse.offer("shop", 1, null));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void showNoPayloadBeforeItIsDurable() throws IOException {
        Upload upload = house.begin(6, null);
        List<Payload> found = new ArrayList<>();
        house.log.whileAppending(() -> found.add(house.payloads.own(new ClientName("shop"), upload.id())));

        assertThat(house.proceed(upload, 0, "a scan")).isInstanceOf(Received.Complete.class);

        assertThat(found).hasSize(1).containsOnlyNulls();
    }

    @Test
    void letAConsumerFetchWhoseGrantCameWhileTheEventWasOnItsWay() throws IOException {
        Payload payload = house.store("a scan");
        Instant granted = house.clock.instant().plusMillis(500);
        house.log.whileAppending(() -> house.clock.advance(Duration.ofSeconds(1)));

        house.publish(payload);

        assertThat(house.payloads.fetch(Warehouse.granted(granted), payload.id()))
                .isInstanceOf(Payloads.Fetched.Found.class);
    }

    @Test
    void leaveNothingOfAPayloadThatTheStoreDoesNotTake() throws IOException {
        house.log.refuseNext();

        assertThatThrownBy(() -> house.store("a scan")).isInstanceOf(Unavailable.class);

        assertThat(house.files()).isEmpty();
        assertThat(house.payloads.figures().bytes()).isZero();
    }

    @Test
    void leaveNothingOfAnUploadThatTheStoreDoesNotTake() throws IOException {
        house.log.refuseNext();

        assertThatThrownBy(() -> house.begin(6, null)).isInstanceOf(Unavailable.class);

        assertThat(house.files()).isEmpty();
        assertThat(house.payloads.figures())
                .satisfies(figures -> assertThat(figures.bytes()).isZero())
                .satisfies(figures -> assertThat(figures.uploads()).isZero());
    }

    @Test
    void goOnWithAnUploadWhosePayloadTheStoreDidNotTake() throws IOException {
        Upload upload = house.begin(6, null);
        house.proceed(upload, 0, "a s");
        house.log.refuseNext();

        assertThatThrownBy(() -> house.proceed(upload, 3, "can")).isInstanceOf(Unavailable.class);

        assertThat(house.upload(upload).offset()).isEqualTo(3);
        assertGoesOn(upload);
    }

    @Test
    void leaveAnUploadAloneWhosePayloadMayBeStored() throws IOException {
        Upload upload = house.begin(6, null);
        house.log.leaveNextOpen();

        assertThatThrownBy(() -> house.proceed(upload, 0, "a scan")).isInstanceOf(Unavailable.class);

        assertThat(house.proceed(upload, 0, "a scan"))
                .isInstanceOfSatisfying(
                        Received.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE));
        assertThat(house.payloads.cancel(upload)).isFalse();

        house.reopenAfter(Crash.OF_THE_PROCESS);

        Payload payload = Objects.requireNonNull(house.payloads.own(new ClientName("shop"), upload.id()));
        assertThat(house.text(payload)).isEqualTo("a scan");
    }

    @ParameterizedTest
    @EnumSource(names = {"MOVE", "SYNC_DIRECTORY"})
    void goOnWithAnUploadWhosePayloadCouldNotBeGivenItsName(Operation failing) throws IOException {
        Upload upload = house.begin(6, null);
        house.proceed(upload, 0, "a s");
        house.disk.failAt(1, failing);

        assertThatThrownBy(() -> house.proceed(upload, 3, "can")).isInstanceOf(IOException.class);

        assertGoesOn(upload);
    }

    @Test
    void leaveAnUploadAloneWhosePayloadCannotBeTakenBack() throws IOException {
        Upload upload = house.begin(6, null);
        house.proceed(upload, 0, "a s");
        house.disk.breakAll(Operation.SYNC_DIRECTORY);

        assertThatThrownBy(() -> house.proceed(upload, 3, "can")).isInstanceOf(IOException.class);
        house.disk.heal();

        assertThat(house.proceed(upload, 3, "can")).isInstanceOf(Received.Refused.class);

        house.reopenAfter(Crash.OF_THE_PROCESS);

        assertThat(house.upload(upload).offset()).isEqualTo(3);
        assertGoesOn(upload);
    }

    @Test
    void leaveNothingOfAPayloadThatCouldNotBeGivenItsName() throws IOException {
        house.disk.failAt(1, Operation.SYNC_DIRECTORY);

        assertThatThrownBy(() -> house.store("a scan")).isInstanceOf(IOException.class);

        assertThat(house.files()).isEmpty();
        assertThat(house.payloads.figures().bytes()).isZero();
    }

    /// Half of it came before.
    private void assertGoesOn(Upload upload) throws IOException {
        assertThat(house.proceed(upload, 3, "can"))
                .isInstanceOfSatisfying(
                        Received.Complete.class,
                        complete -> assertThat(complete.payload().sha256()).isEqualTo(Warehouse.sha256("a scan")));
    }

    /// A sweep has noted where the stream ended behind the event, and retention has removed it since.
    private Payload whoseEventHasGone() throws IOException {
        Payload payload = house.store("a scan");
        house.publish(payload);
        house.payloads.sweep();
        house.clock.advance(Warehouse.RETENTION.plusDays(1));
        house.engine.log().sweep();
        return payload;
    }

    private Claim claim(Payload payload) {
        return house.payloads.claim(
                Warehouse.client("shop"), List.of(Warehouse.entry(payload, Warehouse.SCAN.stream())));
    }

    private static void release(Claim claim) {
        if (claim instanceof Claim.Held(Runnable release)) {
            release.run();
        }
    }

    private void sweep() {
        try {
            house.payloads.sweep();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

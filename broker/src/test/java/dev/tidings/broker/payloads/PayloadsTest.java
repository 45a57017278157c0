package dev.tidings.broker.payloads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.broker.lanes.LaneStreams;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Corrupt;
import dev.tidings.engine.disk.DiskFile;
import dev.tidings.engine.disk.DiskFullException;
import dev.tidings.engine.testkit.disk.Crash;
import dev.tidings.model.ClientName;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Flaw;
import dev.tidings.model.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class PayloadsTest {
    private final Warehouse house = new Warehouse();

    @Test
    void areStoredWholeUnderTheirDigest() throws IOException {
        Payload payload = house.store("a scan of a page");

        assertThat(payload.size()).isEqualTo(16);
        assertThat(payload.sha256()).isEqualTo(Warehouse.sha256("a scan of a page"));
        assertThat(house.text(payload)).isEqualTo("a scan of a page");
        assertThat(house.files()).containsExactly("payloads/" + payload.id() + "." + payload.sha256());
    }

    @Test
    void mayBeOfASizeThatNobodyTold() throws IOException {
        Received received = house.receive(Warehouse.offer("shop", -1, null), "a scan");

        assertThat(received).isInstanceOf(Received.Complete.class);
        assertThat(house.payloads.figures().bytes()).isEqualTo(6);
    }

    @Test
    void mayBeEmpty() throws IOException {
        assertThat(house.text(house.store(""))).isEmpty();
    }

    @Test
    void areRefusedWhereTheyAreNotWhatTheirDigestSays() throws IOException {
        Received received = house.receive(Warehouse.offer("shop", 6, Warehouse.sha256("a scan")), "a scam");

        assertThat(code(received)).isEqualTo(ErrorCode.DIGEST_MISMATCH);
        assertNothingIsLeft();
    }

    @Test
    void areRefusedWhereTheyAreTooLarge() throws IOException {
        Received told = house.receive(Warehouse.offer("shop", 1_001, null), "");
        Received found = house.receive(Warehouse.offer("shop", -1, null), "a".repeat(1_001));

        assertThat(code(told)).isEqualTo(ErrorCode.REQUEST_TOO_LARGE);
        assertThat(code(found)).isEqualTo(ErrorCode.REQUEST_TOO_LARGE);
        assertNothingIsLeft();
    }

    @Test
    void areRefusedWhereTheyHaveNotTheSizeThatWasTold() throws IOException {
        Received more = house.receive(Warehouse.offer("shop", 3, null), "four");
        Received less = house.receive(Warehouse.offer("shop", 5, null), "four");

        assertThat(code(more)).isEqualTo(ErrorCode.MALFORMED_REQUEST);
        assertThat(code(less)).isEqualTo(ErrorCode.MALFORMED_REQUEST);
        assertNothingIsLeft();
    }

    @Test
    void areRefusedOfWhoMayNotProduceTheirType() throws IOException {
        assertThat(code(house.receive(Warehouse.offer("desk", 1, null), "a"))).isEqualTo(ErrorCode.NOT_ALLOWED);
        assertThat(code(house.receive(Warehouse.offer("nobody", 1, null), "a"))).isEqualTo(ErrorCode.NOT_ALLOWED);
    }

    @Test
    void areRefusedBeyondWhatAClientMayHave() throws IOException {
        for (int i = 0; i < 3; i++) {
            house.store("a".repeat(990));
        }

        assertThat(code(house.receive(Warehouse.offer("shop", 31, null), "a"))).isEqualTo(ErrorCode.OVER_QUOTA);
        assertThat(code(house.receive(Warehouse.offer("shop", -1, null), "a".repeat(40))))
                .isEqualTo(ErrorCode.OVER_QUOTA);
        assertThat(house.receive(Warehouse.offer("till", 31, null), "a".repeat(31)))
                .isInstanceOf(Received.Complete.class);
    }

    @Test
    void areRefusedBeyondTheNumberThatAClientMayHave() throws IOException {
        for (int i = 0; i < 5; i++) {
            house.store("a");
        }

        assertThat(code(house.receive(Warehouse.offer("shop", 1, null), "a"))).isEqualTo(ErrorCode.OVER_QUOTA);
    }

    @Test
    void leaveNothingWhereTheDiskFillsUpMeanwhile() throws IOException {
        Begun begun = house.payloads.receive(Warehouse.CATALOG, Warehouse.offer("shop", 4, null));
        house.disk.leaveSpace(3);

        if (begun instanceof Begun.Receive(Receiving receiving)) {
            assertThatThrownBy(() -> Warehouse.send(receiving, "four")).isInstanceOf(DiskFullException.class);
        }

        assertNothingIsLeft();
    }

    @Test
    void areRefusedWhereTheDiskIsNearlyFull() throws IOException {
        house.disk.leaveSpace(5);

        Received received = house.receive(Warehouse.offer("shop", 6, null), "a scan");

        assertThat(code(received)).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
        assertNothingIsLeft();
    }

    @Test
    void leaveNothingWhereTheirClientGoesAway() throws IOException {
        if (house.payloads.receive(Warehouse.CATALOG, Warehouse.offer("shop", 9, null))
                instanceof Begun.Receive(Receiving receiving)) {
            receiving.write(ByteBuffer.wrap(new byte[4]));
            receiving.cut();
        }

        assertNothingIsLeft();
    }

    @Test
    void areCorruptWhereTheirFileIsNotWhole() throws IOException {
        Payload gone = house.store("a scan");
        house.disk.delete(PayloadFiles.path(gone));
        Payload cut = house.store("another scan");
        try (DiskFile file = house.disk.open(PayloadFiles.path(cut))) {
            file.truncate(7);
        }

        assertThatThrownBy(() -> house.payloads.read(gone)).isInstanceOf(Corrupt.class);
        assertThatThrownBy(() -> house.payloads.read(cut)).isInstanceOf(Corrupt.class);
        house.reopenAfter(Crash.OF_THE_PROCESS);
        assertThat(house.payloads.figures().damaged()).isEqualTo(2);
    }

    @Test
    void arePutAsideWhereAnotherStoreMadeThem() throws IOException {
        String foreign = "x".repeat(32) + "." + "ab".repeat(32);
        house.disk.open("payloads/" + foreign).close();

        house.reopenAfter(Crash.OF_THE_PROCESS);

        assertThat(house.disk.files()).contains("quarantine/payloads~" + foreign);
        assertThat(house.files()).isEmpty();
    }

    @Test
    void areTheirOwnClientsAlone() throws IOException {
        Payload payload = house.store("a scan");

        assertThat(house.payloads.own(new ClientName("till"), payload.id())).isNull();
        assertThat(house.payloads.own(new ClientName("shop"), payload.id())).isEqualTo(payload);
    }

    @Test
    void areReferredToByTheirClientInEventsOfTheirType() throws IOException {
        Payload payload = house.store("a scan");

        assertThat(claim("shop", Warehouse.entry(payload, Warehouse.SCAN.stream())))
                .isEmpty();
        house.publish(payload);
        for (String other : List.of("till", "branch")) {
            assertThat(claim(other, Warehouse.entry(payload, Warehouse.SCAN.stream())))
                    .extracting(Flaw::pointer)
                    .containsExactly("/dataref");
        }
    }

    @Test
    void areReferredToInTestEventsByThoseWhoMayFetchThem() throws IOException {
        Payload payload = house.store("a scan");
        var lane = LaneStreams.test(Warehouse.client("desk").name());
        assertThat(claim("desk", Warehouse.entry(payload, lane))).hasSize(1);

        house.publish(payload);

        assertThat(claim("desk", Warehouse.entry(payload, lane))).isEmpty();
        assertThat(claim("stranger", Warehouse.entry(payload, lane))).hasSize(1);
    }

    @Test
    void areNotReferredToBeforeTheyAreThere() throws IOException {
        Upload upload = house.begin(10, null);

        assertThat(claim("shop", Warehouse.entry("/ce/payloads/" + upload.id(), Warehouse.SCAN.stream())))
                .hasSize(1);
    }

    @Test
    void areNoneThatReferencesElsewhereLeadTo() {
        for (String elsewhere : List.of(
                "https://elsewhere.example/scan.pdf",
                "https://elsewhere.example/ce/payloads/" + "x".repeat(32),
                "https://elsewhere.example/ce/payloads/../" + "x".repeat(32),
                "")) {
            assertThat(claim("till", Warehouse.entry(elsewhere, Warehouse.SCAN.stream())))
                    .isEmpty();
        }
    }

    @Test
    void areOnTheirWayInBoundedNumber() {
        var shop = Warehouse.client("shop").name();
        var till = Warehouse.client("till").name();

        assertThat(house.payloads.transfers().enter(shop)).isNull();
        assertThat(house.payloads.transfers().enter(shop))
                .extracting(Refusal::code)
                .isEqualTo(ErrorCode.OVER_QUOTA);
        assertThat(house.payloads.transfers().enter(till)).isNull();
        assertThat(house.payloads.transfers().enter(Warehouse.client("desk").name()))
                .extracting(Refusal::code)
                .isEqualTo(ErrorCode.NOT_READY);
        house.payloads.transfers().leave(till);
        assertThat(house.payloads.transfers().enter(till)).isNull();
    }

    private List<Flaw> claim(String client, Batch.Entry entry) {
        return switch (house.payloads.claim(Warehouse.client(client), List.of(entry))) {
            case PayloadClaims.Claim.Held(Runnable release) -> {
                release.run();
                yield List.of();
            }
            case PayloadClaims.Claim.Refused(Refusal refusal) -> {
                assertThat(refusal.code()).isEqualTo(ErrorCode.UNKNOWN_PAYLOAD);
                yield refusal.flaws();
            }
        };
    }

    private void assertNothingIsLeft() {
        assertThat(house.files()).isEmpty();
        assertThat(house.payloads.figures().bytes()).isZero();
        assertThat(house.payloads.figures().payloads()).isZero();
    }

    static ErrorCode code(Received received) {
        return switch (received) {
            case Received.Refused(Refusal refusal) -> refusal.code();
            case Received other -> throw new AssertionError(other);
        };
    }
}

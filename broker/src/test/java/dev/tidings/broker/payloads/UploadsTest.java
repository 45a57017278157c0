package dev.tidings.broker.payloads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.engine.disk.DiskFile;
import dev.tidings.engine.testkit.disk.Crash;
import dev.tidings.engine.testkit.disk.Operation;
import dev.tidings.model.ClientName;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UploadsTest {
    private final Warehouse house = new Warehouse();

    @Test
    void becomePayloadsOnceAllIsThere() throws IOException {
        Upload upload = house.begin(6, Warehouse.sha256("a scan"));

        Received first = house.proceed(upload, 0, "a s");
        Received second = house.proceed(upload, 3, "can");

        assertThat(first)
                .isInstanceOfSatisfying(
                        Received.Partial.class,
                        partial -> assertThat(partial.upload().offset()).isEqualTo(3));
        assertThat(second)
                .isInstanceOfSatisfying(
                        Received.Complete.class,
                        complete -> assertThat(complete.payload().id()).isEqualTo(upload.id()));
        assertThat(house.payloads.figures()).extracting(PayloadFigures::uploads).isEqualTo(0);
        assertThat(house.payloads.figures().bytes()).isEqualTo(6);
        assertThat(PayloadRows.uploads(house.engine.states())).isEmpty();
    }

    @Test
    void haveDurableOfALongBodyWhatCameBeforeItsLastStride() throws IOException {
        Warehouse large = new Warehouse(PayloadConfig.DEFAULT);
        ByteBuffer stride = ByteBuffer.allocate((int) Receiving.STRIDE);
        Upload upload = large.begin(3 * Receiving.STRIDE, null);
        if (large.payloads.proceed(upload, 0, null) instanceof Begun.Receive(Receiving receiving)) {
            receiving.write(stride.duplicate());
            receiving.write(stride.duplicate());
        }

        large.reopenAfter(Crash.LOSING_ALL_UNSYNCED);

        assertThat(large.upload(upload).offset()).isEqualTo(Receiving.STRIDE);
    }

    @Test
    void areRefusedMoreWhereTheDiskFillsUpAmidALongBody() throws IOException {
        Warehouse large = new Warehouse(PayloadConfig.DEFAULT);
        ByteBuffer stride = ByteBuffer.allocate((int) Receiving.STRIDE);
        Upload upload = large.begin(3 * Receiving.STRIDE, null);
        Refusal refusal = null;
        if (large.payloads.proceed(upload, 0, null) instanceof Begun.Receive(Receiving receiving)) {
            receiving.write(stride.duplicate());
            large.disk.leaveSpace(PayloadConfig.DEFAULT.reserve().bytes());
            refusal = receiving.write(stride.duplicate());
            receiving.cut();
        }

        assertThat(refusal).extracting(Refusal::code).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
        assertThat(large.upload(upload).offset()).isEqualTo(Receiving.STRIDE);
    }

    @Test
    void goOnBehindACrashFromWhatWasDurable() throws IOException {
        Upload upload = house.begin(6, null);
        house.proceed(upload, 0, "a s");

        house.reopenAfter(Crash.OF_THE_PROCESS);
        Upload found = house.upload(upload);
        Received rest = house.proceed(found, found.offset(), "can");

        assertThat(found.offset()).isEqualTo(3);
        assertThat(rest)
                .isInstanceOfSatisfying(
                        Received.Complete.class,
                        complete -> assertThat(complete.payload().sha256()).isEqualTo(Warehouse.sha256("a scan")));
    }

    @Test
    void keepWhatCameOfABodyThatWasCut() throws IOException {
        Upload upload = house.begin(6, null);
        if (house.payloads.proceed(upload, 0, null) instanceof Begun.Receive(Receiving receiving)) {
            receiving.write(ByteBuffer.wrap("a sc".getBytes(StandardCharsets.US_ASCII)));
            receiving.cut();
        }

        assertThat(house.upload(upload).offset()).isEqualTo(4);
        assertThat(house.proceed(upload, 4, "an")).isInstanceOf(Received.Complete.class);
    }

    @Test
    void takeBodiesOnlyFromWhereTheyAre() throws IOException {
        Upload upload = house.begin(6, null);

        assertThat(PayloadsTest.code(house.proceed(upload, 2, "a"))).isEqualTo(ErrorCode.STATE_CONFLICT);
        assertThat(house.proceed(upload, 0, "a scan")).isInstanceOf(Received.Complete.class);
        assertFinished(house.payloads.proceed(upload, 6, null));
    }

    /// The connection of the older may be dead, which takes a while to notice.
    @Test
    void areGoneOnWithByANewerRequestAtOnce() throws IOException {
        Upload upload = house.begin(6, null);
        Receiving dead = receiving(upload, 0);
        dead.write(ByteBuffer.wrap("a s".getBytes(StandardCharsets.US_ASCII)));
        dead.whenTakenOver(() -> cut(dead));
        assertThat(house.payloads.cancel(upload)).isFalse();

        Begun wrong = house.payloads.proceed(upload, 0, null);

        assertThat(wrong)
                .isInstanceOfSatisfying(
                        Begun.Refused.class,
                        refused -> assertThat(refused.upload().offset()).isEqualTo(3));
        Receiving deadToo = receiving(upload, 3);
        deadToo.whenTakenOver(() -> cut(deadToo));
        assertThat(house.proceed(upload, 3, "can"))
                .isInstanceOfSatisfying(
                        Received.Complete.class,
                        complete -> assertThat(complete.payload().sha256()).isEqualTo(Warehouse.sha256("a scan")));
    }

    @Test
    void stayWithTheRequestThatIsAheadOfANewerOne() throws IOException {
        Upload upload = house.begin(6, null);
        house.proceed(upload, 0, "a s");
        Receiving ahead = receiving(upload, 3);
        ahead.whenTakenOver(() -> cut(ahead));

        assertThat(PayloadsTest.code(house.proceed(upload, 2, "s"))).isEqualTo(ErrorCode.STATE_CONFLICT);

        assertThat(Warehouse.send(ahead, "can")).isInstanceOf(Received.Complete.class);
    }

    private Receiving receiving(Upload upload, long offset) throws IOException {
        return switch (house.payloads.proceed(upload, offset, null)) {
            case Begun.Receive(Receiving receiving) -> receiving;
            case Begun other -> throw new AssertionError(other);
        };
    }

    private static void cut(Receiving receiving) {
        try {
            receiving.cut();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertFinished(Begun begun) {
        assertThat(begun)
                .isInstanceOfSatisfying(
                        Begun.Refused.class,
                        refused -> assertThat(refused.refusal().detail()).contains("it is finished"));
    }

    @Test
    void forgetABodyThatIsNotWhatItsDigestSays() throws IOException {
        Upload upload = house.begin(6, null);
        house.proceed(upload, 0, "a s");
        Received wrong =
                house.payloads.proceed(upload, 3, Warehouse.sha256("can")) instanceof Begun.Receive(Receiving receiving)
                        ? Warehouse.send(receiving, "cam")
                        : null;

        assertThat(PayloadsTest.code(wrong)).isEqualTo(ErrorCode.DIGEST_MISMATCH);
        assertThat(house.upload(upload).offset()).isEqualTo(3);
    }

    @Test
    void endWhereTheWholeIsNotWhatItsDigestSays() throws IOException {
        Upload upload = house.begin(6, Warehouse.sha256("a scan"));

        Received received = house.proceed(upload, 0, "a scam");

        assertThat(PayloadsTest.code(received)).isEqualTo(ErrorCode.DIGEST_MISMATCH);
        assertThat(house.payloads.upload(new ClientName("shop"), upload.id())).isNull();
        assertThat(house.files()).isEmpty();
        assertFinished(house.payloads.proceed(upload, 6, null));
    }

    @Test
    void areBoundedInNumber() throws IOException {
        house.begin(1, null);
        Upload second = house.begin(1, null);
        Begun third = house.payloads.begin(Warehouse.CATALOG, Warehouse.offer("shop", 1, null));
        house.payloads.cancel(second);
        Begun again = house.payloads.begin(Warehouse.CATALOG, Warehouse.offer("shop", 1, null));

        assertThat(third)
                .isInstanceOfSatisfying(
                        Begun.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(ErrorCode.OVER_QUOTA));
        assertThat(again).isInstanceOf(Begun.Waiting.class);
    }

    @Test
    void countNothingAsDurableThatCouldNotBeSynced() throws IOException {
        Upload upload = house.begin(6, null);
        house.proceed(upload, 0, "a s");
        house.disk.failAt(1, Operation.SYNC);

        assertThatThrownBy(() -> house.proceed(upload, 3, "can")).isInstanceOf(IOException.class);

        assertThat(house.upload(upload).offset()).isEqualTo(3);
        assertThat(house.proceed(upload, 3, "can")).isInstanceOf(Received.Complete.class);
    }

    @Test
    void areForgottenWhereTheirFileHasLostWhatWasDurable() throws IOException {
        Upload cut = house.begin(6, null);
        house.proceed(cut, 0, "a s");
        Upload gone = house.begin(6, null);
        try (DiskFile file = house.disk.open("payloads/uploads/" + cut.id())) {
            file.truncate(2);
        }
        house.disk.delete("payloads/uploads/" + gone.id());

        house.reopenAfter(Crash.OF_THE_PROCESS);

        assertThat(house.payloads.figures().uploads()).isZero();
        assertThat(house.payloads.figures().bytes()).isZero();
        assertThat(PayloadRows.uploads(house.engine.states())).isEmpty();
        assertThat(house.files()).isEmpty();
    }

    @Test
    void goWhenTheyDoNotGoOn() throws IOException {
        Upload old = house.begin(6, null);
        house.pass(Duration.ofHours(12));
        Upload young = house.begin(6, null);
        house.pass(Duration.ofHours(12).plusSeconds(1));

        assertThat(house.payloads.upload(new ClientName("shop"), old.id())).isNull();
        assertThat(house.upload(young).offset()).isZero();
        assertThat(house.files()).containsExactly("payloads/uploads/" + young.id());
        assertThat(house.payloads.figures().bytes()).isEqualTo(6);
    }
}

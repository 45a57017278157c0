package dev.tidings.broker.payloads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.payloads.Payload.About;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Batch.StateChange;
import dev.tidings.engine.Partition;
import dev.tidings.engine.testkit.HandClock;
import dev.tidings.engine.testkit.MemoryEngine;
import dev.tidings.model.Bytes;
import dev.tidings.model.ClientName;
import dev.tidings.model.StreamName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PayloadRowsTest {
    private static final PayloadId ID = new PayloadId("boXvOwcvU6vaE77f_RE-1S1LA3wknCI9");
    private static final About ABOUT = new About(new ClientName("shop"), Warehouse.SCAN, "text/plain; charset=utf-8");
    private static final Instant THEN = Instant.parse("2026-01-01T10:00:00.123456789Z");

    private final MemoryEngine engine = new MemoryEngine(new HandClock());

    @Test
    void keepAPayloadAndWhatHoldsIt() {
        StreamName known = new StreamName("Shop.Web");
        StreamName odd = new StreamName("~again.desk~a=b");
        Payload payload = new Payload(
                ID,
                ABOUT,
                7,
                "ab".repeat(32),
                THEN,
                new Holds(THEN, Map.of(odd, Map.of(), known, Map.of(Partition.only(known), 17L))));

        append(PayloadRows.put(payload));

        assertThat(PayloadRows.payloads(engine.states())).containsExactly(payload);
    }

    @Test
    void keepAnUpload() {
        Upload upload = new Upload(ID, ABOUT, 7, null, 3, THEN);

        append(PayloadRows.put(upload));

        assertThat(PayloadRows.uploads(engine.states())).containsExactly(upload);
    }

    @Test
    void passOverWhatLaterProgramsAdd() {
        Payload payload = new Payload(ID, ABOUT, 7, "ab".repeat(32), THEN, Holds.NOTHING);
        append(PayloadRows.put(payload));
        String row = engine.states().get("payloads", ID.value()).orElseThrow().toUtf8();

        append(new StateChange.Put("payloads", ID.value(), Bytes.utf8("colour=blue\n" + row + "odd\n")));

        assertThat(PayloadRows.payloads(engine.states())).containsExactly(payload);
    }

    private void append(StateChange change) {
        engine.log()
                .append(Batch.ofStates(List.of(change)))
                .toCompletableFuture()
                .join();
    }
}

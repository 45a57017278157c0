package dev.tidings.broker.dead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.engine.Batch;
import dev.tidings.model.Bytes;
import dev.tidings.model.Event;
import dev.tidings.model.Event.Data.None;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MarksTest {
    @Test
    void putsTheBrokersAttributesInPlaceOfOthersOfTheirName() {
        String json =
                "{ \"id\" : \"a\" , \"repairround\": 7,\"data\":{\"n\": 1.10, \"repairround\": 2}, \"t\":\"\\u00e9é\"}";

        assertThat(marked(Bytes.utf8(json), 3))
                .isEqualTo(
                        "{\"repairround\":3,\"id\" : \"a\",\"data\":{\"n\": 1.10, \"repairround\": 2},\"t\":\"\\u00e9é\"}");
    }

    @Test
    void marksAnEventThatIsAPartOfMore() {
        Bytes more = Bytes.utf8("[{\"id\":\"first\"},{\"id\":\"second\"}]");

        assertThat(marked(more.slice(16, 31), 1)).isEqualTo("{\"repairround\":1,\"id\":\"second\"}");
    }

    @Test
    void marksAnEmptyObject() {
        assertThat(marked(Bytes.utf8("{}"), 1)).isEqualTo("{\"repairround\":1}");
    }

    /// Else the payload of an event that a program repaired went as soon as the dead one had gone.
    @Test
    void leavesTheReferenceToAPayload() {
        Event event = new Event(
                "1", "/shop", DeadFixture.PAID, null, null, "https://b/ce/payloads/x", new None(), Bytes.utf8("{}"));

        Batch.Entry marked = Marks.on(new Batch.Entry(DeadFixture.SHOP, event, Duration.ZERO), Map.of(Marks.ROUND, 1));

        assertThat(marked.event().dataRef()).isEqualTo("https://b/ce/payloads/x");
    }

    private static String marked(Bytes json, int round) {
        return Marks.on(json, Map.of(Marks.ROUND, round)).toUtf8();
    }
}

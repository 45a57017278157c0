package dev.tidings.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.model.Bytes;
import io.cloudevents.CloudEvent;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class EventBuilderTest {
    private static final JsonMapping JSON =
            JsonMapping.jackson(JsonMapper.builder().build());

    @Test
    void makesAnEventThatEveryLibraryUnderstands() {
        OffsetDateTime time = OffsetDateTime.parse("2026-01-31T10:00:00Z");

        CloudEvent event = event().subject("s")
                .key("k")
                .time(time)
                .extension("count", 3)
                .extension("late", true)
                .data(Map.of("a", 1))
                .build();

        assertThat(event.getId()).isEqualTo("1");
        assertThat(event.getType()).isEqualTo("a.b");
        assertThat(event.getSource()).isEqualTo(URI.create("/s"));
        assertThat(event.getSubject()).isEqualTo("s");
        assertThat(event.getTime()).isEqualTo(time);
        assertThat(event.getDataContentType()).isEqualTo("application/json");
        assertThat(event.getDataSchema()).isNull();
        assertThat(event.getAttribute("time")).isEqualTo(time);
        assertThat(event.getExtensionNames()).containsExactlyInAnyOrder("partitionkey", "count", "late");
        assertThat(event.getExtension("count")).isEqualTo(3);
        assertThat(event.getExtension("id")).isNull();
        assertThat(event.getData().toBytes()).asString().isEqualTo("{\"a\":1}");
    }

    @Test
    void isSentAsItIs() {
        CloudEvent event = event().key("k")
                .time(OffsetDateTime.parse("2026-01-31T10:00:00.5+02:00"))
                .extension("late", false)
                .text("é\"")
                .build();

        assertThat(EventCoding.json(event).toUtf8())
                .isEqualTo("{\"specversion\":\"1.0\",\"id\":\"1\",\"type\":\"a.b\",\"source\":\"/s\","
                        + "\"partitionkey\":\"k\",\"time\":\"2026-01-31T10:00:00.5+02:00\",\"late\":false,"
                        + "\"datacontenttype\":\"text/plain\",\"data\":\"é\\\"\"}");
    }

    @Test
    void isSentTheSameWhereAnotherLibraryHoldsIt() {
        CloudEvent event = event().key("k")
                .subject("s")
                .time(OffsetDateTime.parse("2026-01-31T10:00:00.5+02:00"))
                .extension("late", false)
                .extension("count", 3)
                .data(Map.of("a", 1))
                .build();

        CloudEvent foreign = new ExtendedEvent(event, Map.of("more", "m"));

        assertThat(EventCoding.json(foreign).toUtf8())
                .isEqualTo("{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"a.b\",\"subject\":\"s\","
                        + "\"time\":\"2026-01-31T10:00:00.5+02:00\",\"datacontenttype\":\"application/json\","
                        + "\"partitionkey\":\"k\",\"late\":false,\"count\":3,\"more\":\"m\",\"data\":{\"a\":1}}");
    }

    @Test
    void comesBackFromWhatWasWrittenOfIt() {
        CloudEvent event = event().key("k")
                .extension("late", false)
                .extension("count", 3)
                .text("é\"")
                .build();

        Bytes json = EventCoding.json(event);

        assertThat(EventCoding.json(EventCoding.event(json))).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{'id':'1','source':'/s'}",
                "{'id':'1','source':'/s','type':'a.b'",
                "{'id':'1','source':' ','type':'a.b'}",
                "{'id':'1','source':'/s','type':'a.b','time':'now'}",
                "{'id':'1','source':'/s','type':'a.b','dataschema':' '}"
            })
    void isNotReadFromWhatIsNoEvent(String text) {
        Bytes json = Bytes.utf8(text.replace('\'', '"'));

        assertThatThrownBy(() -> EventCoding.event(json)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isSentWithTheSecondsThatItsTimeHas() {
        CloudEvent event =
                event().time(OffsetDateTime.parse("2026-01-31T10:00Z")).build();

        assertThat(EventCoding.json(event).toUtf8()).contains("\"time\":\"2026-01-31T10:00:00Z\"");
    }

    @Test
    void keepsItsPayloadWhateverBecomesOfTheArray() {
        byte[] payload = {1, 2};
        CloudEvent event = event().data("application/octet-stream", payload).build();
        payload[0] = 9;
        event.getData().toBytes()[1] = 9;

        assertThat(event.getData().toBytes()).containsExactly(1, 2);
    }

    @Test
    void needsASource() {
        EventBuilder builder = new EventBuilder("1", "a.b", null, JSON);

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("source");
    }

    private static EventBuilder event() {
        return new EventBuilder("1", "a.b", URI.create("/s"), JSON);
    }
}

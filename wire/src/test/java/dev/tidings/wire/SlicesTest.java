package dev.tidings.wire;

import static dev.tidings.wire.StructuredTest.LATEST;
import static dev.tidings.wire.StructuredTest.submission;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.Bytes;
import dev.tidings.model.Delivery;
import dev.tidings.model.Event;
import dev.tidings.model.Lane;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Batches written at random, with the places of everything known.
class SlicesTest {
    private static final List<String> STRINGS = List.of(
            "\"\"",
            "\"a\"",
            "\"\\\"\"",
            "\"\\\\\"",
            "\"}],\"",
            "\"\u00e9\ud83d\ude00\"",
            "\"\\u0041\\n\"",
            "\"offset\"");
    private static final List<String> SCALARS =
            List.of("0", "-1", "1.5e-7", "true", "false", "null", "12345678901234567890");

    private final CloudEvents events = new CloudEvents(CloudEvents.Limits.DEFAULT);

    /// One event as written, its data, the members that it keeps, and whether those are all.
    private record Written(String text, String data, List<String> kept, boolean whole) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void areExact(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<Written> written = new ArrayList<>();
            for (int i = random.nextInt(5); i >= 0; i--) {
                written.add(written(random));
            }
            String body = written.stream().map(Written::text).collect(Collectors.joining(blanks(random) + ","));

            List<Event> read = submission(events.batch(Bytes.utf8(blanks(random) + "[" + body + " ]"), LATEST))
                    .events();

            assertThat(read).as(body).hasSameSizeAs(written);
            for (int i = 0; i < read.size(); i++) {
                assertKept(read.get(i), written.get(i));
            }
        }
    }

    private void assertKept(Event event, Written written) {
        assertThat(event.data()).isEqualTo(new Event.Data.Json(Bytes.utf8(written.data)));
        String json = event.json().toUtf8();
        if (written.whole) {
            assertThat(json).isEqualTo(written.text);
        }
        assertThat(json)
                .contains(written.kept)
                .doesNotContain("\"offset\" :")
                .startsWith("{")
                .endsWith("}");
        Bytes sent = Bytes.of(Outgoing.structured(new Delivery(5, Lane.EVENTS, 0, true, event.json())));
        Event again = submission(events.structured(sent, LATEST)).events().getFirst();
        assertThat(again.data()).isEqualTo(event.data());
        assertThat(again.json().toUtf8()).contains(written.kept);
        assertThat(sent.toUtf8()).startsWith("{\"offset\":\"5\",");
    }

    private static Written written(Random random) {
        String data = value(random, 4);
        List<String> kept = new ArrayList<>(List.of(StructuredTest.REQUIRED.split(",")));
        kept.add("\"data\"" + blanks(random) + ":" + blanks(random) + data);
        kept.add("\"subject\" :" + "\"s\"");
        List<String> members = new ArrayList<>(kept);
        if (random.nextBoolean()) {
            members.add("\"offset\" :" + blanks(random) + value(random, 2));
        }
        if (random.nextBoolean()) {
            members.add("\"time\":null");
        }
        Collections.shuffle(members, random);
        String text = members.stream()
                .map(member -> blanks(random) + member + blanks(random))
                .collect(Collectors.joining(",", "{", "}"));
        return new Written(text, data, kept, members.size() == kept.size());
    }

    private static String value(Random random, int depth) {
        int kind = random.nextInt(depth > 0 ? 4 : 2);
        if (kind < 2) {
            List<String> choice = kind == 0 ? STRINGS : SCALARS;
            return choice.get(random.nextInt(choice.size()));
        }
        List<String> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            String name = kind == 2 ? "" : "\"n" + i + "\"" + blanks(random) + ":";
            items.add(blanks(random) + name + blanks(random) + value(random, depth - 1));
        }
        return (kind == 2 ? "[" : "{") + String.join(",", items) + blanks(random) + (kind == 2 ? "]" : "}");
    }

    private static String blanks(Random random) {
        return random.nextInt(3) == 0 ? " \t\r\n".substring(random.nextInt(4)) : "";
    }
}

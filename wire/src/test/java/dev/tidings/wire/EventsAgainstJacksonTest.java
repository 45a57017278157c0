package dev.tidings.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.Bytes;
import dev.tidings.wire.json.RandomJson;
import dev.tidings.wire.json.Utf8;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import tools.jackson.core.JacksonException;

/// Batches of events, sound and damaged, cut by the scanner and by Jackson.
class EventsAgainstJacksonTest {
    private static final CloudEvents EVENTS = new CloudEvents(CloudEvents.Limits.DEFAULT);
    private static final List<String> IDS = List.of("1", "\\u0031", "\u00e9\ud83d\ude00", "\\ud83d\\ude00", "\\ud83d");
    private static final List<String> OTHERS = List.of(
            "\"subject\":\"\\u00e9\"",
            "\"partitionkey\":\"k\\/\u20ac\"",
            "\"time\":\"2026-01-01T00:00:00Z\"",
            "\"datacontenttype\":\"text/plain\"",
            "\"dataschema\":\"urn:x:y\"",
            "\"ext\":-5",
            "\"\\u0065xt\":true",
            "\"id\\u0000\":null",
            "\"dat\":{\"id\":\"x\"}");

    @Property(tries = 5_000)
    void areTheSameInASoundBatch(@ForAll long seed) {
        assertAgreed(Bytes.utf8(batch(new RandomJson(seed))));
    }

    @Property(tries = 30_000)
    void areTheSameOrNoneInADamagedBatch(@ForAll long seed) {
        RandomJson json = new RandomJson(seed);

        assertAgreed(Bytes.of(json.damaged(Bytes.utf8(batch(json)).array())));
    }

    private static void assertAgreed(Bytes body) {
        // Jackson names what the scanner cuts out, too; what becomes of that is told in SlicesTest.
        if (body.toUtf8().contains("offset") || body.toUtf8().contains("data_base64")) {
            return;
        }
        assertThat(EVENTS.batch(body, StructuredTest.LATEST)).as(body.toUtf8()).satisfies(decoded -> {
            Decoded expected = oracle(body);
            if (expected instanceof Decoded.Parsed) {
                assertThat(decoded).isEqualTo(expected);
            } else {
                assertThat(StructuredTest.refusal(decoded).code())
                        .isEqualTo(StructuredTest.refusal(expected).code());
            }
        });
    }

    private static Decoded oracle(Bytes body) {
        try {
            if (Utf8.firstFlaw(body) >= 0) {
                throw Stopped.malformed("no UTF-8");
            }
            return new Decoded.Parsed(new JacksonScanner(body).batch(StructuredTest.LATEST));
        } catch (Stopped stopped) {
            return new Decoded.Refused(stopped.refusal());
        } catch (JacksonException e) {
            return new Decoded.Refused(Stopped.malformed(e.getMessage()).refusal());
        }
    }

    private static String batch(RandomJson json) {
        return IntStream.range(0, json.random().nextInt(4))
                .mapToObj(_ -> json.blanks() + event(json) + json.blanks())
                .collect(Collectors.joining(",", json.blanks() + "[" + json.blanks(), "]" + json.blanks()));
    }

    private static String event(RandomJson json) {
        List<String> members = new ArrayList<>(List.of(StructuredTest.REQUIRED.split(",")));
        members.set(1, "\"id\":\"" + json.one(IDS) + "\"");
        for (String other : OTHERS) {
            if (json.random().nextInt(3) == 0) {
                members.add(other);
            }
        }
        if (json.random().nextInt(4) > 0) {
            members.add("\"data\"" + json.blanks() + ":" + json.blanks() + json.value(3));
        }
        Collections.shuffle(members, json.random());
        return members.stream()
                .map(member -> json.blanks() + member + json.blanks())
                .collect(Collectors.joining(",", "{", "}"));
    }
}

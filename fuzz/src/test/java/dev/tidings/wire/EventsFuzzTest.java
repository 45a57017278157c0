package dev.tidings.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidings.model.Bytes;
import dev.tidings.model.Delivery;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Event;
import dev.tidings.model.Lane;
import dev.tidings.model.Refusal;
import dev.tidings.wire.BinaryMessage.Header;
import dev.tidings.wire.json.JacksonReading;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Whatever a producer sends is read or refused; what is read is JSON to Jackson too, and reads the same when it has
/// gone out to a consumer, in either mode, and comes in again.
class EventsFuzzTest {
    private static final Instant LATEST = Instant.parse("2026-06-01T12:00:00Z");
    private static final long ACCEPTED = LATEST.minusSeconds(60).toEpochMilli();
    private static final CloudEvents EVENTS = new CloudEvents(CloudEvents.Limits.DEFAULT);

    @FuzzTest
    void readsAnEventOrRefusesIt(byte[] body) {
        judge(body, EVENTS.structured(Bytes.of(body), LATEST));
    }

    @FuzzTest
    void readsABatchOrRefusesIt(byte[] body) {
        judge(body, EVENTS.batch(Bytes.of(body), LATEST));
    }

    /// Lines `name:value` up to an empty one, then the body; `content-type` among the names is the media type.
    @FuzzTest
    void readsABinaryEventOrRefusesIt(byte[] request) {
        EventText.of(message(request))
                .ifPresent(text -> assertThat(JacksonReading.of(text)).isNotNull());
        switch (EVENTS.binary(message(request), LATEST)) {
            case Decoded.Parsed(var submission) -> submission.events().forEach(EventsFuzzTest::assertGoesRound);
            case Decoded.Refused(var refusal) -> assertOfAProducer(refusal);
        }
    }

    @FuzzTest
    void readsAReportOrRefusesIt(byte[] request) {
        Bytes text = Bytes.of(request);

        for (Reported reported : List.of(EVENTS.reported(text), EVENTS.reported(message(request)))) {
            switch (reported) {
                case Reported.Report(var event) -> {
                    assertThat(JacksonReading.of(event.json())).isNotNull();
                    Outgoing.binary(new Delivery(1, Lane.DEAD, ACCEPTED, false, event.json()));
                    assertThat(EVENTS.reported(Bytes.of(outgoing(event.json(), false))))
                            .isInstanceOf(Reported.class);
                }
                case Reported.Refused(var refusal) -> assertOfAProducer(refusal);
            }
        }
    }

    @FuzzTest
    void understandsAConsumerOrSaysWhyNot(byte[] message) {
        switch (EVENTS.message(Bytes.of(message))) {
            case ClientMessage.Confirm(long offset) -> {
                String text = new String(message, StandardCharsets.ISO_8859_1);
                assertThat(offset).isPositive().isEqualTo(Long.parseLong(text.substring("confirm:".length())));
            }
            case ClientMessage.Dead(var event) ->
                assertThat(JacksonReading.of(event.json())).isNotNull();
            case ClientMessage.Release(long offset, var delay) -> {
                assertThat(offset).isPositive();
                assertThat(delay == null || !delay.isNegative() && delay.compareTo(ReleaseDelay.LONGEST) <= 0)
                        .isTrue();
            }
            case ClientMessage.Invalid(var reason) ->
                assertThat(reason.getBytes(StandardCharsets.UTF_8).length).isBetween(1, 123);
        }
    }

    private static void judge(byte[] body, Decoded decoded) {
        switch (decoded) {
            case Decoded.Parsed(var submission) -> {
                assertThat(JacksonReading.of(Bytes.of(body))).isNotNull();
                submission.events().forEach(EventsFuzzTest::assertGoesRound);
            }
            case Decoded.Refused(var refusal) -> {
                assertOfAProducer(refusal);
                assertThat(refusal.detail().startsWith("expected ") && isJson(body))
                        .as(refusal.detail())
                        .isEqualTo(isJson(body) && refusesWhatIsJson(refusal.detail()));
            }
        }
    }

    /// A text may be JSON and yet no event.
    private static boolean refusesWhatIsJson(String detail) {
        return detail.startsWith("expected a JSON ")
                || detail.startsWith("expected each attribute once")
                || detail.startsWith("expected a name of at most")
                || detail.startsWith("expected a number of at most");
    }

    private static boolean isJson(byte[] body) {
        return JacksonReading.of(Bytes.of(body)) != null;
    }

    private static void assertOfAProducer(Refusal refusal) {
        assertThat(refusal.code())
                .isIn(ErrorCode.MALFORMED_REQUEST, ErrorCode.EVENT_TOO_LARGE, ErrorCode.REQUEST_TOO_LARGE);
    }

    private static void assertGoesRound(Event event) {
        boolean timed = event.time() != null;
        assertSame(event, EVENTS.structured(Bytes.of(outgoing(event.json(), timed)), LATEST));
        if (!onlySaysThatItIsJson(event)) {
            Delivery delivery = new Delivery(7, Lane.EVENTS, ACCEPTED, timed, event.json());
            assertSame(event, EVENTS.binary(Outgoing.binary(delivery), LATEST));
        }
    }

    /// In base64 anything may be called JSON; where it is not, no producer could send it in binary mode.
    private static boolean onlySaysThatItIsJson(Event event) {
        MediaType type =
                event.data() instanceof Event.Data.Opaque(var contentType) ? MediaType.parse(contentType) : null;
        return type != null && type.json();
    }

    private static byte[] outgoing(Bytes json, boolean timed) {
        return Outgoing.structured(new Delivery(7, Lane.EVENTS, ACCEPTED, timed, json));
    }

    private static void assertSame(Event event, Decoded again) {
        assertThat(again).isInstanceOfSatisfying(Decoded.Parsed.class, parsed -> {
            assertThat(parsed.submission().flaws()).isEmpty();
            Event copy = parsed.submission().events().getFirst();
            assertThat(copy.id()).isEqualTo(event.id());
            assertThat(copy.source()).isEqualTo(event.source());
            assertThat(copy.type()).isEqualTo(event.type());
            assertThat(copy.partitionKey()).isEqualTo(event.partitionKey());
            assertThat(copy.time()).isEqualTo(event.time() == null ? Instant.ofEpochMilli(ACCEPTED) : event.time());
            if (event.data() instanceof Event.Data.Json) {
                assertThat(copy.data()).isEqualTo(event.data());
            }
        });
    }

    private static BinaryMessage message(byte[] request) {
        String text = new String(request, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\n\n");
        String head = end < 0 ? text : text.substring(0, end);
        Bytes body = end < 0 ? Bytes.EMPTY : Bytes.of(request).slice(end + 2, request.length);
        List<Header> headers = new ArrayList<>();
        String contentType = null;
        for (String line : head.split("\n")) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1);
            if (name.equals("content-type")) {
                contentType = value;
            } else {
                headers.add(new Header(name, value));
            }
        }
        return new BinaryMessage(contentType, headers, body);
    }
}

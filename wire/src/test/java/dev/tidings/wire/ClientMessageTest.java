package dev.tidings.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.Bytes;
import dev.tidings.model.ReportedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientMessageTest {
    private final CloudEvents events = new CloudEvents(CloudEvents.Limits.DEFAULT);

    @ParameterizedTest
    @CsvSource({"confirm:1, 1", "confirm:007, 7", "confirm:999999999999999999, 999999999999999999"})
    void confirmsAnOffset(String text, long offset) {
        assertThat(message(text)).isEqualTo(new ClientMessage.Confirm(offset));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "confirm",
                "confirm:",
                "confirm:0",
                "confirm:-1",
                "confirm:+1",
                "confirm: 1",
                "confirm:1 ",
                "confirm:1.0",
                "confirm:9999999999999999999",
                "Confirm:1",
                "CONFIRM:1",
                "dead:",
                "dead:x",
                "dead:[]",
                "dead:5",
                "dead:{",
                "dead:{}x",
                "dead:{\"a\":1,\"a\":2}",
                "dead",
                "ping",
                "release",
                "release:",
                "release:0",
                "release:x",
                "release:1:",
                "release:1:x",
                "release:1:-5s",
                "release:1:8d",
                "release:1:999999d",
                "release:1:5s:5s",
                "release:1: 5s",
                "Release:1",
                "release:1:1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d",
                "confirm:\u0661"
            })
    void isInvalidOtherwise(String text) {
        assertThat(message(text))
                .isInstanceOfSatisfying(
                        ClientMessage.Invalid.class,
                        invalid -> assertThat(invalid.reason().getBytes(StandardCharsets.UTF_8))
                                .hasSizeBetween(1, 123));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "release:7, 7, -",
                "release:7:0, 7, PT0S",
                "release:7:90, 7, PT90S",
                "release:7:250ms, 7, PT0.25S",
                "release:7:1h30m, 7, PT90M",
                "release:7:7d, 7, PT168H"
            })
    void releasesAnEventAtOnceOrLater(String text, long offset, Duration delay) {
        assertThat(message(text)).isEqualTo(new ClientMessage.Release(offset, delay));
    }

    @Test
    void reportsAnEventDead() {
        String json =
                "{ \"offset\" : \"12\", \"id\":\"1\",\"source\":\"/s\",\"type\":\"a.b\",\"data\":{\"offset\":1} }";

        assertThat(message("dead:" + json))
                .isEqualTo(new ClientMessage.Dead(new ReportedEvent(
                        12L,
                        "/s",
                        "1",
                        "a.b",
                        Bytes.utf8("{ \"id\":\"1\",\"source\":\"/s\",\"type\":\"a.b\",\"data\":{\"offset\":1} }"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\0',
            nullValues = "-",
            value = {
                "{};-;{}",
                "{\"offset\":5};5;{}",
                "{\"offset\":\"5\",\"id\":7};5;{\"id\":7}",
                "{\"id\":{\"x\":[1]},\"offset\":5};5;{\"id\":{\"x\":[1]}}",
                "{\"offset\":\"five\"};-;{}",
                "{\"offset\":{\"a\":[]}};-;{}",
                "{\"offset\":0};-;{}",
                "{\"offset\":1.5};-;{}",
                "{\"source\":null};-;{\"source\":null}"
            })
    void takesAReportAsItIs(String json, Long offset, String kept) {
        assertThat(message("dead:" + json))
                .isEqualTo(new ClientMessage.Dead(new ReportedEvent(offset, null, null, null, Bytes.utf8(kept))));
    }

    @Test
    void cutsTheReasonBetweenCharacters() {
        String name = "\u20ac".repeat(60);

        ClientMessage message = message("dead:{\"" + name + "\":1,\"" + name + "\":1}");

        assertThat(((ClientMessage.Invalid) message).reason()).doesNotContain("\ufffd");
    }

    @Test
    void isWrittenAsItIsRead() {
        assertThat(message(ClientMessage.confirm(5))).isEqualTo(new ClientMessage.Confirm(5));
        assertThat(message(ClientMessage.release(5, Duration.ofMillis(1500))))
                .isEqualTo(new ClientMessage.Release(5, Duration.ofMillis(1500)));
        assertThat(message(ClientMessage.release(5, null))).isEqualTo(new ClientMessage.Release(5, null));
        assertThat(message(ClientMessage.dead(Bytes.utf8("{\"id\":\"\u00e9\"}"))))
                .isEqualTo(new ClientMessage.Dead(
                        new ReportedEvent(null, null, "\u00e9", null, Bytes.utf8("{\"id\":\"\u00e9\"}"))));
    }

    private ClientMessage message(String text) {
        return events.message(Bytes.utf8(text));
    }
}

package dev.tidings.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.Bytes;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.ReportedEvent;
import dev.tidings.wire.BinaryMessage.Header;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportedTest {
    private final CloudEvents events = new CloudEvents(CloudEvents.Limits.DEFAULT);

    @Test
    void isReadFromBinaryMode() {
        Reported reported = binary(
                "application/json",
                "{\"a\":1}",
                new Header("ce-offset", "3"),
                new Header("ce-id", "caf%C3%A9"),
                new Header("ce-time", "whenever"));

        assertThat(reported)
                .isEqualTo(
                        new Reported.Report(
                                new ReportedEvent(
                                        3L,
                                        null,
                                        "caf\u00e9",
                                        null,
                                        Bytes.utf8(
                                                "{\"id\":\"caf\u00e9\",\"time\":\"whenever\",\"datacontenttype\":\"application/json\",\"data\":{\"a\":1}}"))));
    }

    @Test
    void isReadFromStructuredMode() {
        assertThat(events.reported(Bytes.utf8(" {\"source\":\"/s\",\"offset\":\"3\"}\n")))
                .isEqualTo(new Reported.Report(
                        new ReportedEvent(3L, "/s", null, null, Bytes.utf8("{\"source\":\"/s\"}"))));
    }

    @Test
    void isRefusedWhereItCannotBeParsed() {
        assertThat(code(binary("application/json", "{"))).isEqualTo(ErrorCode.MALFORMED_REQUEST);
        assertThat(code(binary(null, "", new Header("ce-id", "%")))).isEqualTo(ErrorCode.MALFORMED_REQUEST);
        assertThat(code(binary(null, "", new Header("ce-id", "1"), new Header("Ce-Id", "1"))))
                .isEqualTo(ErrorCode.MALFORMED_REQUEST);
        assertThat(code(binary("text/plain", "x", new Header("ce-data", "1")))).isEqualTo(ErrorCode.MALFORMED_REQUEST);
        assertThat(code(events.reported(Bytes.utf8("[]")))).isEqualTo(ErrorCode.MALFORMED_REQUEST);
        assertThat(code(events.reported(Bytes.EMPTY))).isEqualTo(ErrorCode.MALFORMED_REQUEST);
    }

    private Reported binary(String contentType, String body, Header... headers) {
        return events.reported(new BinaryMessage(contentType, List.of(headers), Bytes.utf8(body)));
    }

    private static ErrorCode code(Reported reported) {
        return switch (reported) {
            case Reported.Report(var event) -> throw new AssertionError("read: " + event);
            case Reported.Refused(var refusal) -> refusal.code();
        };
    }
}

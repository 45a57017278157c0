package dev.tidings.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputTest {
    private static final List<String> CONTENT_TYPES = Arrays.asList(
            null,
            "application/cloudevents+json; charset=utf-8",
            "Application/CloudEvents-Batch+JSON",
            "text/plain",
            "image/png",
            "application/cloudevents+avro");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PRODUCE_RAW | BINARY null null BINARY null null",
                "PRODUCE_EVENT | null STRUCTURED null null null null",
                "PRODUCE_EVENTS | null null BATCH null null null",
                "PRODUCE_ANY | BINARY STRUCTURED BATCH BINARY BINARY null",
                "REPORT_DEAD | BINARY STRUCTURED null BINARY BINARY null",
                "PRODUCE_TEST_EVENT | BINARY STRUCTURED null BINARY BINARY null",
                "RESUBMIT_DEAD | BINARY STRUCTURED null null null null",
                "RESUBMIT_OWN_DEAD | BINARY STRUCTURED null null null null"
            })
    void takesEventsInItsModes(Operation operation, String modes) {
        assertThat(operation.input().isEvents()).isTrue();
        assertThat(CONTENT_TYPES.stream()
                        .map(contentType -> String.valueOf(ContentTypes.mode(operation, contentType)))
                        .collect(Collectors.joining(" ")))
                .isEqualTo(modes);
    }

    @Test
    void saysWhatItTakes() {
        assertThat(Arrays.stream(Input.values()).map(input -> input + ": " + input.accepted()))
                .containsExactly(
                        "NOTHING: */*",
                        "RAW_EVENT: application/json, application/octet-stream, text/plain",
                        "EVENT: application/cloudevents+json",
                        "EVENT_OR_NOTHING: application/cloudevents+json",
                        "ONE_EVENT: application/cloudevents+json, */*",
                        "BATCH: application/cloudevents-batch+json",
                        "EVENTS: application/cloudevents+json, application/cloudevents-batch+json, */*",
                        "OBJECT: */*",
                        "DOCUMENT: */*",
                        "STREAM: */*");
    }
}

package dev.tidings.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            delimiter = '|',
            value = {
                "null|application/json",
                "''|application/json",
                "*/*|application/json",
                "text/html, */*;q=0.1|application/json",
                "application/*|application/json",
                "APPLICATION/JSON|application/json",
                "application/json; charset=utf-8|application/json",
                "application/json|application/cloudevents+json",
                "application/cloudevents-batch+json;q=0.5|application/cloudevents-batch+json"
            })
    void takesWhatTheClientTakes(String accept, String type) {
        assertThat(Accept.takes(accept, type)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/html|application/json",
                "application/xml, text/*|application/json",
                "application/json;q=0|application/json",
                "application/json; q=0.000|application/json",
                "application/cloudevents+json|application/json",
                "garbage|application/json"
            })
    void leavesWhatTheClientExcludes(String accept, String type) {
        assertThat(Accept.takes(accept, type)).isFalse();
    }
}

package dev.tidings.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HttpFrontTest {
    private static FrontFixture front;

    @BeforeAll
    static void open() {
        front = FrontFixture.echoing();
    }

    @AfterAll
    static void close() {
        front.close();
    }

    @ParameterizedTest
    @EnumSource
    void speaksEachVersionOfHttp(HttpClient.Version version) {
        HttpResponse<String> answer = front.send(front.request("/ce")
                .version(version)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("PRODUCE_ANY|{}");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /ce/produce/raw, 405, 'OPTIONS, POST'",
        "PATCH, /ce/consumers, 405, 'OPTIONS, POST'",
        "PUT, /n1/ce/consumers/g/instances/i, 405, 'DELETE, OPTIONS'",
        "HEAD, /n1/ce/consumers/g/instances/i/raw, 405, 'GET, OPTIONS'",
        "DELETE, /openapi.yaml, 405, 'GET, HEAD, OPTIONS'",
        "OPTIONS, /openapi.yaml, 204, 'GET, HEAD, OPTIONS'"
    })
    void tellsWhichMethodsAPathTakes(String method, String path, int status, String allow) {
        HttpResponse<String> answer = front.send(front.request(path).method(method, BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Allow")).contains(allow);
    }

    @ParameterizedTest
    @CsvSource({"/", "/ce/", "/ce/produce", "/ce/produce/raw/", "/n1/ce/consumers/g/instances", "//ce", "/CE"})
    void answersAnUnknownPathWithAProblem(String path) {
        HttpResponse<String> answer = front.send(front.request(path).GET());

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("not-found");
    }

    @Test
    void answersHeadWithoutABody() {
        HttpResponse<String> answer =
                front.send(front.request("/openapi.yaml").method("HEAD", BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("Content-Length")).contains("8");
    }
}

package dev.tidings.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
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
    void speaksHttp1WithAClientThatOffersToGoOver(HttpClient.Version version) {
        HttpResponse<String> answer = front.send(front.request("/ce")
                .version(version)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(answer.body()).isEqualTo("PRODUCE_ANY|{}");
    }

    @Test
    void speaksHttp2WithAClientThatBeginsWithIt() {
        try (Http2Client client = new Http2Client(front.port())) {
            byte[] large = new byte[900_000];
            Arrays.fill(large, (byte) 'x');

            Http2Client.Told small = client.send(HttpMethod.POST, "/ce", "{}".getBytes(UTF_8));
            Http2Client.Told echoed = client.send(HttpMethod.POST, "/ce", large);

            assertThat(small).isEqualTo(new Http2Client.Told(200, HttpVersion.HTTP_2, "PRODUCE_ANY|{}"));
            assertThat(echoed.body()).hasSize("PRODUCE_ANY|".length() + large.length);
        }
    }

    @Test
    void refusesTooLargeABodyOverHttp2AndGoesOn() {
        try (Http2Client client = new Http2Client(front.port())) {
            assertThat(client.send(HttpMethod.POST, "/ce", new byte[2_000_000]).status())
                    .isEqualTo(413);
            assertThat(client.send(HttpMethod.POST, "/nowhere", new byte[2_000_000])
                            .status())
                    .isEqualTo(404);
            assertThat(client.send(HttpMethod.POST, "/ce", new byte[2]).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void understandsAMethodWhoseLettersComeOneByOne() {
        try (RawClient client = front.connect()) {
            client.send("P").send("O").send("S").send("T /ce HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");

            assertThat(client.readAnswer()).startsWith("HTTP/1.1 200 ");
        }
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

package dev.tidings.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileHeadsTest {
    private static FrontFixture front;

    @BeforeAll
    static void open() {
        front = FrontFixture.echoing();
    }

    @AfterAll
    static void close() {
        front.close();
    }

    @RepeatedTest(100)
    void takesNoRequestForTwoHosts() {
        assertThat(answerTo("Host: x\r\nHost: y\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("one Host header");
    }

    @Test
    void takesNoRequestForNoHost() {
        assertThat(answerTo("")).startsWith("HTTP/1.1 400 ").contains("one Host header");
    }

    @ParameterizedTest
    @ValueSource(strings = {": y\r\n", ":\r\n", ": chunked\r\nContent-Length: 0\r\n"})
    void takesNoHeaderWithoutAName(String header) {
        assertThat(answerTo("Host: x\r\n" + header)).startsWith("HTTP/1.1 400 ").contains("a header has a name");
    }

    /// All that comes until the server closes the connection, to a request and one behind it.
    private static String answerTo(String headers) {
        try (RawClient client = front.connect()) {
            client.send("OPTIONS /ce HTTP/1.1\r\n" + headers + "\r\n")
                    .send("OPTIONS /ce HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            String answers = client.readToEnd();
            assertThat(answers).containsOnlyOnce("HTTP/1.");
            return answers;
        }
    }
}

package dev.tidings.callback.sink;

import static dev.tidings.callback.sink.Hostile.write;
import static dev.tidings.callback.sink.Line.await;
import static dev.tidings.callback.sink.Line.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.callback.sink.Outcome.Answered;
import dev.tidings.callback.sink.Outcome.Failed;
import dev.tidings.callback.sink.Outcome.Failure;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SinkLineTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private final Line lines = new Line();

    @AfterEach
    void close() {
        lines.close();
    }

    @Test
    void sendsTheRequestAsItIs() {
        try (Hostile sink = Hostile.answering(OK)) {
            Outcome outcome = await(lines.to("http://hooks.example:" + sink.port() + "/a/b?c=d%20e")
                    .send(post("events")));

            assertThat(outcome).isEqualTo(new Answered(Answer.of(200, "ok")));
            assertThat(sink.nextRequest())
                    .startsWith("POST /a/b?c=d%20e HTTP/1.1\r\n")
                    .containsOnlyOnce("ost: hooks.example:" + sink.port() + "\r\n")
                    .contains("Content-Type: text/plain\r\n", "X-A: b\r\n", "content-length: 6\r\n")
                    .endsWith("\r\n\r\nevents");
        }
    }

    @Test
    void tellsTheHeadersThatMatter() {
        try (Hostile sink = Hostile.answering(Hostile.head(
                "HTTP/1.1 429 Slow",
                "Retry-After: 5",
                "WebHook-Allowed-Origin: *",
                "WebHook-Allowed-Rate: 60",
                "Content-Length: 0"))) {
            assertThat(await(to(sink).send(post("x")))).isEqualTo(new Answered(new Answer(429, "5", "*", "60", "")));
        }
    }

    @Test
    void keepsItsConnectionAndNoCookie() {
        try (Hostile sink = Hostile.answering("HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n")) {
            SinkLine line = to(sink);
            await(line.send(post("1")));
            await(line.send(post("2")));

            assertThat(sink.connections()).isOne();
            sink.nextRequest();
            assertThat(sink.nextRequest()).doesNotContainIgnoringCase("cookie");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsNoRedirect(int status) {
        try (Hostile elsewhere = Hostile.answering(OK);
                Hostile sink = Hostile.answering(Hostile.head(
                        "HTTP/1.1 " + status + " Elsewhere",
                        "Location: http://127.0.0.1:" + elsewhere.port() + "/",
                        "Content-Length: 0"))) {
            assertThat(await(to(sink).send(post("x")))).isEqualTo(new Answered(Answer.of(status, "")));
            assertThat(elsewhere.connections()).isZero();
        }
    }

    @Test
    void waitsForASilentSinkForItsTimeAndNoLonger() {
        try (Hostile sink = Hostile.listening((_, _) -> {})) {
            CompletionStage<Outcome> outcome = to(sink).send(post("x"));
            sink.nextRequest();

            lines.loop.advance(Duration.ofMillis(14_999));
            assertThat(outcome.toCompletableFuture()).isNotDone();
            lines.loop.advance(Duration.ofMillis(1));

            assertFailed(outcome, Failure.TIMEOUT, "had not answered in full after 15 s");
            assertThat(Hostile.next(sink.ends)).isNotEmpty();
        }
    }

    @Test
    void isNotCutShortByTheTimeOfARequestThatWasAnswered() {
        BlockingQueue<String> answers = new LinkedBlockingQueue<>();
        try (Hostile sink = Hostile.listening((_, out) -> write(out, Hostile.next(answers)))) {
            SinkLine line = to(sink);
            answers.add(OK);
            await(line.send(post("1")));
            lines.loop.advance(Duration.ofSeconds(14));
            CompletionStage<Outcome> second = line.send(post("2"));
            sink.nextRequest();
            sink.nextRequest();

            lines.loop.advance(Duration.ofSeconds(1));
            answers.add(OK);

            assertThat(await(second)).isEqualTo(new Answered(Answer.of(200, "ok")));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 100 Continue\r\n\r\n",
                "HTTP/1.1 200 OK\r\na: b\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n"
            })
    void isNotHeldUpByASinkThatTrickles(String beginning) {
        BlockingQueue<String> drops = new LinkedBlockingQueue<>();
        BlockingQueue<String> fallen = new LinkedBlockingQueue<>();
        try (Hostile sink = Hostile.listening((_, out) -> {
            write(out, beginning);
            while (true) {
                write(out, Hostile.next(drops));
                fallen.add("drop");
            }
        })) {
            CompletionStage<Outcome> outcome = to(sink).send(post("x"));
            for (int second = 1; second <= 15; second++) {
                assertThat(outcome.toCompletableFuture()).isNotDone();
                drops.add("c");
                Hostile.next(fallen);
                lines.loop.advance(Duration.ofSeconds(1));
            }

            assertFailed(outcome, Failure.TIMEOUT, "had not answered in full");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200",
                "HTTP/1.1 200 OK\r\nContent-Le",
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nha",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "SSH-2.0-OpenSSH_9.6\r\n\r\n",
                "HTTP/1.1 abc OK\r\n\r\n",
                "\u0000\u0001\u0002\u0003\r\n\r\n"
            })
    void doesNotTakeAHalfAnswerForOne(String half) {
        try (Hostile sink = Hostile.listening((socket, out) -> {
            write(out, half);
            socket.close();
        })) {
            assertFailed(to(sink).send(post("x")), Failure.BROKEN, "broke off");
        }
    }

    @Test
    void survivesAReset() {
        try (Hostile sink = Hostile.listening((socket, _) -> {
            socket.setSoLinger(true, 0);
            socket.close();
        })) {
            assertFailed(to(sink).send(post("x")), Failure.BROKEN, "broke off");
        }
    }

    @Test
    void readsNoEndlessHead() {
        try (Hostile sink = Hostile.listening((_, out) -> {
            write(out, "HTTP/1.1 200 OK\r\n");
            while (true) {
                write(out, "x-more: " + "y".repeat(1000) + "\r\n");
            }
        })) {
            assertFailed(to(sink).send(post("x")), Failure.BROKEN, "broke off");
            assertThat(Hostile.next(sink.ends)).isEqualTo("broken");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 503})
    void readsNoEndlessBody(int status) {
        try (Hostile sink = Hostile.listening((_, out) -> {
            write(out, "HTTP/1.1 " + status + " So\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (true) {
                write(out, "3e8\r\n" + "z".repeat(1000) + "\r\n");
            }
        })) {
            assertThat(await(to(sink).send(post("x")))).isEqualTo(new Answered(Answer.of(status, "z".repeat(300))));
            assertThat(Hostile.next(sink.ends)).isEqualTo("broken");
        }
    }

    @Test
    void passesOverInterimAnswers() {
        try (Hostile sink =
                Hostile.answering("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\na: b\r\n\r\n" + OK)) {
            assertThat(await(to(sink).send(post("x")))).isEqualTo(new Answered(Answer.of(200, "ok")));
        }
    }

    @Test
    void takesNoAnswerThatCameBeforeItsRequest() {
        try (Hostile sink = Hostile.answering(OK + "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n")) {
            SinkLine line = to(sink);
            assertThat(await(line.send(post("x")))).isEqualTo(new Answered(Answer.of(200, "ok")));
            assertThat(await(line.send(post("y")))).isNotEqualTo(new Answered(Answer.of(410, "")));
        }
    }

    @Test
    void saysThatNobodyListens() {
        Hostile sink = Hostile.answering(OK);
        sink.close();

        assertFailed(to(sink).send(post("x")), Failure.UNREACHABLE, "can't be connected to");
    }

    @Test
    void saysThatANameLeadsNowhere() {
        lines.resolving(_ -> CompletableFuture.failedStage(new java.net.UnknownHostException("no")));

        assertFailed(lines.to("http://nobody.example/").send(post("x")), Failure.UNRESOLVED, "nobody.example");
    }

    @Test
    void givesUpOnANameServerThatIsSilent() {
        lines.resolving(_ -> new CompletableFuture<>());
        CompletionStage<Outcome> outcome = lines.to("http://nobody.example/").send(post("x"));

        lines.loop.advance(Duration.ofSeconds(15));

        assertFailed(outcome, Failure.TIMEOUT, "had not answered");
    }

    @Test
    void connectsToNoAddressThatIsForbidden() {
        try (Hostile sink = Hostile.answering(OK)) {
            lines.allowing().leadingTo("127.0.0.1");

            assertFailed(
                    lines.to("https://rebound.example:" + sink.port()).send(post("x")), Failure.FORBIDDEN, "loopback");
            assertFailed(lines.to("https://127.0.0.1:" + sink.port()).send(post("x")), Failure.FORBIDDEN, "loopback");
            assertThat(sink.connections()).isZero();
        }
    }

    @Test
    void connectsToNoneOfSeveralAddressesWhereOneIsForbidden() {
        try (Hostile sink = Hostile.answering(OK)) {
            lines.allowing("127.0.0.1")
                    .resolving(_ -> CompletableFuture.completedStage(
                            List.of(Line.at("127.0.0.1"), Line.at("169.254.169.254"))));

            assertFailed(lines.to("http://two.example:" + sink.port()).send(post("x")), Failure.FORBIDDEN, "metadata");
            assertThat(sink.connections()).isZero();
        }
    }

    @Test
    void judgesEachAnswerOfTheNameServersAndConnectsToWhatItHasJudged() {
        try (Hostile sink = Hostile.answering(OK)) {
            lines.allowing("127.0.0.1").leadingTo("127.0.0.1", "127.0.0.2", "127.0.0.1");
            SinkLine line = lines.to("http://changing.example:" + sink.port());

            assertThat(await(line.send(post("1")))).isEqualTo(new Answered(Answer.of(200, "ok")));
            assertFailed(line.send(post("2")), Failure.FORBIDDEN, "127.0.0.2");
            assertThat(await(line.send(post("3")))).isEqualTo(new Answered(Answer.of(200, "ok")));

            assertThat(lines.resolved).hasSize(3);
            assertThat(sink.connections()).isOne();
        }
    }

    @Test
    void triesTheNextAddressAfterOneWhereNobodyListens() {
        try (Hostile sink =
                Hostile.on(() -> new ServerSocket(0, 5, Line.at("127.0.0.1")), (_, out) -> write(out, OK))) {
            lines.allowing("127.0.0.0/8", "::1")
                    .resolving(_ -> CompletableFuture.completedStage(List.of(Line.at("::1"), Line.at("127.0.0.1"))));
            SinkLine line = lines.to("http://two.example:" + sink.port());

            assertFailed(line.send(post("1")), Failure.UNREACHABLE, "");
            assertThat(await(line.send(post("2")))).isEqualTo(new Answered(Answer.of(200, "ok")));
        }
    }

    @Test
    void callsSinksByAddressesOfIpv6() {
        try (Hostile sink = Hostile.answering(OK)) {
            assertThat(await(lines.to("http://[::1]:" + sink.port()).send(post("x"))))
                    .isEqualTo(new Answered(Answer.of(200, "ok")));
            assertThat(sink.nextRequest()).containsIgnoringCase("\r\nhost: [::1]:" + sink.port() + "\r\n");
        }
    }

    @Test
    void sendsNoHeaderThatWouldBecomeTwo() {
        try (Hostile sink = Hostile.answering(OK)) {
            SinkRequest split = new SinkRequest(
                    SinkRequest.Method.POST,
                    List.of(new SinkRequest.Header("Authorization", "Bearer a\r\nX-Evil: 1")),
                    dev.tidings.model.Bytes.EMPTY);

            assertFailed(to(sink).send(split), Failure.BROKEN, "can't be sent such a request");
            assertThat(sink.connections()).isZero();
        }
    }

    private SinkLine to(Hostile sink) {
        return lines.to("http://127.0.0.1:" + sink.port() + "/");
    }

    private static void assertFailed(CompletionStage<Outcome> outcome, Failure failure, String detail) {
        assertThat(await(outcome)).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.failure()).as(failed.detail()).isEqualTo(failure);
            assertThat(failed.detail()).contains(detail);
        });
    }
}

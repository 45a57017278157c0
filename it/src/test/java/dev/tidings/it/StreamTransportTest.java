package dev.tidings.it;

import static dev.tidings.it.Statement.STREAM_ENDS;
import static dev.tidings.it.Statement.STREAM_LINES;
import static dev.tidings.it.Statement.STREAM_SLOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.server.tls.ClientCertificates;
import dev.tidings.server.tls.TlsConfig;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/// Streams that are followed over other connections than those of HTTP/1.1, or over bad ones.
class StreamTransportTest {
    private static final String EVENTS = "/ce/streams/Shop.Web/events";

    @TempDir
    private Path directory;

    private RunningBroker broker;

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    @Proves(STREAM_LINES)
    void followSideBySideOverOneConnectionOfHttp2() {
        Certificates certificates = new Certificates(directory);
        TlsConfig tls = TlsConfig.pkcs12(certificates.store("server"), certificates.passwordFile())
                .withClients(ClientCertificates.OPTIONAL, certificates.pem("ca"));
        broker = RunningBroker.with(Shop.CATALOG)
                .and(config -> config.withServer(config.server().withTls(tls)))
                .start();
        try (HttpClient http =
                HttpClient.newBuilder().sslContext(certificates.anonymous()).build()) {
            Client desk = new Client(http, broker.address(), "desk");
            Client shop = new Client(http, broker.address(), "shop");
            List<Following> all = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                all.add(Following.of(desk, EVENTS, Following.LINES));
            }
            shop.produce(Shop.order("1"), Shop.order("2")).accepted(2, 0);

            for (Following each : all) {
                assertThat(each.response().version()).isEqualTo(HttpClient.Version.HTTP_2);
                assertThat(Json.ids(each.events(2))).containsExactly("1", "2");
                each.close();
            }
            while (shop.metric("tidings_stream_readers") > 0) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    @Proves(STREAM_SLOW)
    void cutOffWhoTakesNothingAtAll() {
        broker = RunningBroker.with(Shop.CATALOG)
                .and(config -> config.withServer(config.server()
                        .withHttp(config.server()
                                .http()
                                .withDeadlines(
                                        config.server().http().deadlines().withStall(Duration.ofMillis(200))))))
                .start();
        fill(400);
        Client watcher = broker.clientWith(null);
        try (Raw stuck = new Raw(broker.address());
                Following live = Following.of(broker.client("store"), EVENTS + "?from=latest", Following.LINES)) {
            stuck.head("GET " + EVENTS + " HTTP/1.1", "Authorization: Bearer desk", "Accept: " + Following.LINES);
            while (watcher.metric("tidings_stream_readers") < 2) {
                Thread.onSpinWait();
            }
            while (watcher.metric("tidings_stream_readers") > 1) {
                Thread.onSpinWait();
            }

            broker.client("shop").produce(Shop.order("last")).accepted(1, 0);
            assertThat(Json.ids(live.events(1))).containsExactly("last");
        }
    }

    @Test
    @Proves(STREAM_ENDS)
    void endsTheConnectionOfWhoSpeaksHttp10() {
        broker = RunningBroker.with(Shop.CATALOG).start();
        broker.client("shop").produce(Shop.order("1")).accepted(1, 0);

        try (Raw old = new Raw(broker.address())) {
            old.head("GET " + EVENTS + "?wait=0 HTTP/1.0", "Authorization: Bearer desk", "Accept: " + Following.LINES);
            String answer = old.rest();

            assertThat(answer).contains(" 200 ").doesNotContain("chunked");
            assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4)).startsWith("{\"streamposition\"");
        }
    }

    private void fill(int count) {
        String filling = "x".repeat(60_000);
        for (int i = 0; i < count; i++) {
            ObjectNode event = Shop.order("e" + i);
            event.putObject("data").put("filling", filling);
            broker.client("shop").produce(event).accepted(1, 0);
        }
    }
}

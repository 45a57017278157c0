package dev.tidings.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What an editor knows of the properties.
class TidingsMetadataTest {
    @Test
    void tellsOfEachPropertyWhatItMeans() throws Exception {
        List<String> described = new ArrayList<>();
        for (JsonNode property : metadata().path("properties")) {
            assertThat(property.path("type").asString(""))
                    .as("type of %s", property)
                    .isNotEmpty();
            assertThat(property.path("description").asString(""))
                    .as("description of %s", property)
                    .endsWith(".");
            described.add(property.path("name").asString());
        }

        assertThat(described)
                .containsExactlyInAnyOrder(
                        "management.health.tidings.enabled",
                        "tidings.api-key",
                        "tidings.enabled",
                        "tidings.firing.after-commit",
                        "tidings.firing.batch",
                        "tidings.firing.buffer",
                        "tidings.firing.closing",
                        "tidings.firing.linger",
                        "tidings.firing.patience",
                        "tidings.firing.spool",
                        "tidings.inbox.expiry",
                        "tidings.listener.ack-timeout",
                        "tidings.listener.auto-startup",
                        "tidings.listener.back-off",
                        "tidings.listener.concurrency",
                        "tidings.listener.from",
                        "tidings.listener.inflight",
                        "tidings.listener.retry.attempts",
                        "tidings.listener.retry.first",
                        "tidings.listener.retry.longest",
                        "tidings.outbox.batch",
                        "tidings.outbox.bytes",
                        "tidings.outbox.enabled",
                        "tidings.outbox.interval",
                        "tidings.outbox.patience",
                        "tidings.outbox.relay",
                        "tidings.outbox.table",
                        "tidings.process",
                        "tidings.service",
                        "tidings.source",
                        "tidings.ssl.bundle",
                        "tidings.token",
                        "tidings.transport",
                        "tidings.url");
    }

    private static JsonNode metadata() throws Exception {
        try (InputStream text =
                TidingsListener.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            return JsonMapper.shared().readTree(text);
        }
    }
}

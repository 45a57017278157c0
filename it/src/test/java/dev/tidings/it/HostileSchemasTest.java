package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Schemas that are meant to keep the broker thinking, and data that does the same with a harmless one.
class HostileSchemasTest {
    private static final String COSTLY = "Shop.Store.Order.Weighed";

    @RegisterExtension
    static final RunningBroker broker = RunningBroker.with(with(doubling(14)));

    private Bystander bystander;

    @BeforeEach
    void watch() {
        bystander = new Bystander(broker);
    }

    @AfterEach
    void serveTheBystander() {
        bystander.isServed();
        bystander.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ $ref: 'http://127.0.0.1:1/x' }",
                "{ $ref: 'file:///etc/passwd' }",
                "{ $ref: 'jar:file:/a.jar!/b.json' }",
                "{ $ref: 'classpath:/a.json' }",
                "{ $dynamicRef: 'http://127.0.0.1:1/x' }",
                "{ $ref: '#' }",
                "{ $dynamicAnchor: a, $dynamicRef: '#a' }",
                "{ pattern: '((a{1000}){1000}){1000}' }",
                "{ multipleOf: 1e-999999999 }"
            })
    void areRefusedWithTheirCatalog(String schema) {
        apply(with(schema)).refused(422, "invalid-catalog");
    }

    @Test
    void thatExplodeOrNestTooDeepAreRefusedWithTheirCatalog() {
        apply(with(doubling(40))).refused(422, "invalid-catalog");
        apply(with("{ not: ".repeat(100) + "{}" + " }".repeat(100))).refused(422, "invalid-catalog");
    }

    /// Each event of them takes thousands of steps, which is too much for a thread that serves sockets.
    @Test
    void thatTakeLongHinderNobody() {
        List<CompletableFuture<Reply>> busy = new ArrayList<>();
        for (int request = 0; request < 20; request++) {
            int first = request;
            busy.add(broker.client("shop")
                    .sendAsync(Call.batch(IntStream.range(0, 50)
                            .mapToObj(i -> Shop.event(COSTLY, "costly-" + first + "-" + i))
                            .toList())));
        }

        bystander.isServed();

        busy.forEach(reply -> Deadline.await(reply).accepted(50, 0));
    }

    @Test
    void areGivenUpWhereAPatternRunsAway() {
        broker.catalog(with("{ properties: { text: { pattern: '^(a+)+$' } } }"));
        ObjectNode event = Shop.event(COSTLY, "runaway");
        event.putObject("data").put("text", "a".repeat(30_000) + "!");

        JsonNode error = broker.client("shop")
                .produce(event)
                .refused(422, "schema-violated")
                .json();

        assertThat(error.path("errors").get(0).path("reason").asString()).contains("pattern");
    }

    @Test
    void tellNoMoreThanIsReadWhereEverythingIsWrong() {
        String names = IntStream.range(0, 1_000).mapToObj(i -> "x" + i).collect(Collectors.joining(", "));
        broker.catalog(with("{ properties: { all: { items: { required: [" + names + "] } } } }"));
        ObjectNode event = Shop.event(COSTLY, "wrong");
        event.putObject("data").set("all", Json.array(Collections.nCopies(10_000, Json.object())));

        JsonNode error = broker.client("shop")
                .produce(event)
                .refused(422, "schema-violated")
                .json();

        assertThat(error.path("errors").size()).isLessThanOrEqualTo(100);
    }

    private static Reply apply(CatalogText catalog) {
        return broker.client("admin")
                .send(Call.of("PUT", "/admin/catalog").type("application/yaml").body(catalog.toString()));
    }

    private static CatalogText with(String schema) {
        return CatalogText.EMPTY
                .type(Shop.PACKED)
                .type(COSTLY, "{ schema: " + schema + " }")
                .client("admin", "admin: true")
                .client("store", "consumes: { types: [" + Shop.PACKED + "] }")
                .client(
                        "shop",
                        "produces: { sources: [" + Shop.SOURCE + "], types: [" + Shop.PACKED + ", " + COSTLY + "] }");
    }

    /// Applies two to the power of that many schemas.
    private static String doubling(int power) {
        return IntStream.range(0, power)
                .mapToObj(i -> "d%d: { allOf: [{ $ref: '#/definitions/d%d' }, { $ref: '#/definitions/d%d' }] }"
                        .formatted(i, i + 1, i + 1))
                .collect(Collectors.joining(
                        ", ", "{ definitions: { ", ", d" + power + ": {} }, allOf: [{ $ref: '#/definitions/d0' }] }"));
    }
}

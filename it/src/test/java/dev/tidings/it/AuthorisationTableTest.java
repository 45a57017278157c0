package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/// Every identity at every door with every type and source: what happens is what the oracle ([Identity]) says, which
/// knows nothing of the broker's code.
class AuthorisationTableTest {
    private static final String UNAUTHENTICATED = "unauthenticated";
    private static final String NOT_ALLOWED = "not-allowed";
    private static final String GONE = "Shop.Web.Order.Vanished";
    private static final List<String> TYPES = List.of(Shop.PLACED, Shop.PAID, Shop.PACKED, GONE);
    private static final List<String> SOURCES = List.of(Shop.SOURCE, "/shop/till", "/shop/web/", "/rival");

    @RegisterExtension
    static final RunningBroker BROKER = RunningBroker.with(
            Identity.CATALOG.client("gone", "consumes: { types: [" + Shop.PLACED + "] }", "admin: true"));

    private final SoftAssertions table = new SoftAssertions();
    private int rows;
    private int ids;

    @Test
    void holdsForProducers() {
        revoke();
        for (Identity identity : Identity.values()) {
            for (String source : SOURCES) {
                TYPES.forEach(type -> producesAlone(identity, type, source));
                for (String first : TYPES) {
                    TYPES.forEach(second -> producesTogether(identity, List.of(first, second), source));
                }
            }
        }
        table.assertAll();
        assertThat(rows).isEqualTo(Identity.values().length * SOURCES.size() * (2 * TYPES.size() + 16));
    }

    private void producesAlone(Identity identity, String type, String source) {
        String expected = judged(identity, identity.produces(List.of(type), source));
        String row = identity + " produces " + type + " from " + source;
        check(row + ", structured", identity, Call.event(event(type, source)), expected);
        Call raw = Call.post("/ce/produce/raw")
                .header("ce-specversion", "1.0")
                .header("ce-id", "raw" + ids++)
                .header("ce-source", source)
                .header("ce-type", type)
                .type("application/json")
                .body("{}");
        check(row + ", binary", identity, raw, expected);
    }

    private void producesTogether(Identity identity, List<String> types, String source) {
        List<JsonNode> events = types.stream().map(type -> event(type, source)).toList();
        check(
                identity + " produces " + types + " from " + source,
                identity,
                Call.batch(events),
                judged(identity, identity.produces(types, source)));
    }

    @Test
    void holdsForConsumers() {
        revoke();
        for (Identity identity : Identity.values()) {
            String mayConsume = judged(identity, identity.consumes());
            check(identity + " opens an instance", identity, Call.post("/ce/consumers"), mayConsume);
            check(
                    identity + " reads its settings",
                    identity,
                    Call.get("/ce/tools/my-settings"),
                    judged(identity, true));
            for (String type : TYPES) {
                Call test = Call.post("/ce/tools/consumer/test")
                        .header("ce-specversion", "1.0")
                        .header("ce-id", "test" + ids++)
                        .header("ce-source", "/anything")
                        .header("ce-type", type)
                        .type("application/json")
                        .body("{}");
                check(identity + " tests " + type, identity, test, judged(identity, identity.consumes(type)));
            }
        }
        table.assertAll();
    }

    @Test
    void holdsForAdministration() {
        revoke();
        List<Call> calls = List.of(
                Call.get("/admin/catalog"),
                Call.get("/admin/catalog/history"),
                Call.of("PUT", "/admin/catalog?dry-run=true")
                        .type("application/yaml")
                        .body(Identity.CATALOG.toString()),
                Call.get("/admin/dead"),
                Call.post("/admin/dead?all=true"),
                Call.of("DELETE", "/admin/dead?all=true"),
                Call.get("/admin/dead/desk~0"),
                Call.post("/admin/dead/desk~0"),
                Call.of("DELETE", "/admin/dead/desk~0"),
                Call.get("/admin/backups"),
                Call.post("/admin/backups"),
                Call.get("/admin/backups/x"));
        for (Identity identity : Identity.values()) {
            for (Call call : calls) {
                String row = identity + " " + call.method() + " " + call.address();
                check(row, identity, call, judged(identity, identity.admin()));
            }
            for (String open : List.of("/health/live", "/health/ready", "/openapi.yaml", "/metrics")) {
                check(identity + " GET " + open, identity, Call.get(open), "");
            }
        }
        table.assertAll();
    }

    /// For everybody else, an instance, group or dead event of a client is as one that never was.
    @Test
    void tellsNobodyOfWhatBelongsToAnother() {
        revoke();
        BROKER.client("shop").produce(event(Shop.PLACED, Shop.SOURCE)).expect(200);
        PolledInstance mine = BROKER.client("desk").poll("group=mine");
        mine.event();
        String name = mine.address().substring(mine.address().lastIndexOf('/') + 1);
        String never = "0123456789abcdef0123456789abcdef".substring(0, name.length());
        for (Identity identity : Identity.values()) {
            for (Call call : List.of(
                    Call.get(mine.address() + "/raw?timeout=0"),
                    Call.get(mine.address() + "/event?timeout=0"),
                    Call.get(mine.address() + "/events?timeout=0"),
                    Call.post(mine.address() + "/confirm"),
                    Call.post(mine.address() + "/dead")
                            .type(Call.EVENT)
                            .body(Shop.order("x").toString()),
                    Call.of("DELETE", mine.address()))) {
                if (identity != Identity.CONSUMER) {
                    comparesAlike(identity, call, name, never);
                }
            }
        }
        table.assertAll();
        mine.confirm();
    }

    private void comparesAlike(Identity identity, Call call, String name, String never) {
        Client client = BROKER.clientWith(identity.key());
        Reply real = client.send(call);
        Reply imagined = client.send(call.to(call.address().replace(name, never)));
        String row = identity + " " + call.method() + " " + call.address();
        table.assertThat(real.status()).as(row).isEqualTo(identity.known() ? 404 : 401);
        table.assertThat(imagined.status()).as(row).isEqualTo(real.status());
        table.assertThat(imagined.text().replace(never, name)).as(row).isEqualTo(real.text());
        rows++;
    }

    @Test
    void holdsWhileTheCatalogChanges() {
        CatalogText less = Identity.CATALOG;
        CatalogText more = CatalogText.EMPTY
                .type(Shop.PLACED)
                .type(Shop.PAID)
                .client("admin", "admin: true")
                .client(
                        "shop",
                        "produces: { sources: [" + Shop.SOURCE + "], types: [" + Shop.PLACED + ", " + Shop.PAID
                                + "] }");
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<List<Reply>> others = CompletableFuture.supplyAsync(() -> publishUntil(stop));
        for (int i = 0; i < 20; i++) {
            BROKER.catalog(more);
            publish().expect(200);
            BROKER.catalog(less);
            publish().refused(401, NOT_ALLOWED);
        }
        stop.set(true);

        for (Reply reply : others.join()) {
            if (reply.status() != 200) {
                reply.refused(401, NOT_ALLOWED);
            }
        }
    }

    private static List<Reply> publishUntil(AtomicBoolean stop) {
        List<Reply> replies = new ArrayList<>();
        while (!stop.get()) {
            replies.add(publish());
        }
        return replies;
    }

    private static Reply publish() {
        return BROKER.client("shop").produce(Shop.event(Shop.PAID, Long.toString(System.nanoTime(), 36)));
    }

    private JsonNode event(String type, String source) {
        return Shop.event(type, "e" + ids++).put("source", source);
    }

    /// The client `gone` had all rights once.
    private static void revoke() {
        BROKER.catalog(Identity.CATALOG);
    }

    /// What the problem is, or nothing where there is none.
    private static String judged(Identity identity, boolean allowed) {
        return !identity.known() ? UNAUTHENTICATED : allowed ? "" : NOT_ALLOWED;
    }

    private void check(String row, Identity identity, Call call, String expected) {
        Reply reply = BROKER.clientWith(identity.key()).send(call);
        rows++;
        if (expected.isEmpty()) {
            table.assertThat(reply.status()).as(row).isNotIn(401, 403, 405, 500);
        } else {
            table.assertThat(reply.status()).as(row + ": " + reply.text()).isEqualTo(401);
            table.assertThat(reply.text()).as(row).contains("https://tidings.dev/errors/" + expected + "\"");
            table.assertThat(reply.header("WWW-Authenticate")).as(row).isNotEmpty();
        }
    }
}

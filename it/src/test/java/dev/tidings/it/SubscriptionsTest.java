package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The life of subscriptions by HTTP; what is delivered, other tests tell.
class SubscriptionsTest {
    private static final String PATH = "/ce/subscriptions";

    @RegisterExtension
    final RunningBroker broker = RunningBroker.with(
            Shop.CATALOG.client("few", "consumes: { types: [" + Shop.PLACED + "] }", "quotas: { subscriptions: 1 }"));

    @Test
    @Proves(Statement.SUBSCRIPTION_CREATE)
    void areCreatedWithAnAddressAndASecretThatIsToldOnce() {
        Reply created = desk().send(create(subscription()));

        created.expect(201);
        String id = created.json().path("id").asString();
        assertThat(created.header("Location")).isEqualTo(broker.address() + PATH + "/" + id);
        assertThat(created.header("ETag")).isEqualTo("\"1\"");
        assertThat(created.json().path("signingsecret").asString()).startsWith("whsec_");
        assertThat(created.json().path("status").path("state").asString()).isEqualTo("active");
        assertThat(desk().get(created.header("Location")).text()).doesNotContain("whsec_");
    }

    @Test
    @Proves(Statement.SUBSCRIPTION_READ)
    void areListedAPageAtATime() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(desk().send(create(subscription()))
                    .expect(201)
                    .json()
                    .path("id")
                    .asString());
        }

        List<String> listed = new ArrayList<>();
        int pages = 0;
        String page = PATH + "?limit=2";
        while (!page.isEmpty()) {
            Reply reply = desk().get(page).expect(200);
            pages++;
            reply.json().forEach(one -> listed.add(one.path("id").asString()));
            page = reply.header("Link").replaceAll("<(.*)>; rel=\"next\"", "$1");
        }

        assertThat(listed).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(pages).isEqualTo(3);
        assertThat(broker.client("store").get(PATH).expect(200).json()).isEmpty();
    }

    @Test
    @Proves(Statement.SUBSCRIPTION_READ)
    void areReadAsTheyWereWritten() {
        ObjectNode wanted = subscription();
        wanted.put("source", Shop.SOURCE).putArray("types").add(Shop.PLACED).add(Shop.PAID);
        wanted.putArray("filters").addObject().putObject("prefix").put("subject", "order-");
        ObjectNode settings = wanted.putObject("protocolsettings").put("mode", "structured");
        settings.putObject("headers").put("x-shop", "17");
        ObjectNode config = wanted.putObject("config").put("order", "none").put("maxRate", 5);
        config.putObject("retries").put("first", "2s").put("giveUp", "1h");
        Reply created = desk().send(create(wanted)).expect(201);

        JsonNode read = desk().get(created.header("Location")).expect(200).json();

        assertThat(read.path("source").asString()).isEqualTo(Shop.SOURCE);
        assertThat(read.path("types").toString()).isEqualTo("[\"" + Shop.PAID + "\",\"" + Shop.PLACED + "\"]");
        assertThat(read.path("filters")).isEqualTo(wanted.path("filters"));
        assertThat(read.path("protocolsettings").path("headers")).isEqualTo(settings.path("headers"));
        assertThat(read.path("config").path("retries")).isEqualTo(config.path("retries"));
        assertThat(desk().send(Call.of("PUT", created.header("Location")).body(read.toString()))
                        .expect(200)
                        .json()
                        .path("config"))
                .isEqualTo(read.path("config"));
    }

    @Test
    @Proves(Statement.SUBSCRIPTION_START)
    void startNowOrWhereTheyAreAskedTo() {
        shop("before");
        String time = Instant.now().toString();

        assertThat(backlog(created(subscription()))).isZero();
        assertThat(backlog(created(from("earliest")))).isOne();
        assertThat(backlog(created(from(time)))).isZero();
        desk().send(create(from("yesterday"))).refused(400, "malformed-request").saying("/config/from");
    }

    @Test
    @Proves({Statement.SUBSCRIPTION_REPLACE, Statement.SUBSCRIPTION_SECRETS})
    void keepWhatNobodyIsShownWhenTheyAreReplaced() {
        ObjectNode wanted = subscription();
        wanted.putObject("sinkcredential")
                .put("credentialtype", "PLAIN")
                .put("identifier", "desk")
                .put("secret", "s3cret");
        String address = desk().send(create(wanted)).expect(201).header("Location");
        Reply read = desk().get(address);
        assertThat(read.text()).doesNotContain("s3cret");

        Reply replaced = desk().send(Call.of("PUT", address).body(read.text())).expect(200);

        assertThat(replaced.header("ETag")).isEqualTo("\"2\"");
        assertThat(replaced.json().path("sinkcredential").path("identifier").asString())
                .isEqualTo("desk");
        ObjectNode elsewhere = (ObjectNode) read.json();
        elsewhere.put("sink", "https://elsewhere.example.org/");
        desk().send(Call.of("PUT", address).body(elsewhere.toString()))
                .refused(400, "malformed-request")
                .saying("/sinkcredential/secret");
    }

    @Test
    @Proves(Statement.SUBSCRIPTION_VERSION)
    void areNotChangedInAnotherVersionThanWasRead() {
        String address = created(subscription());
        desk().send(Call.post(address + "/pause")).expect(200);

        for (Call call : List.of(
                Call.of("PUT", address).body(subscription().toString()),
                Call.of("DELETE", address),
                Call.post(address + "/resume"),
                Call.post(address + "/rotate-secret"))) {
            desk().send(call.header("If-Match", "\"1\"")).refused(412, "version-conflict");
        }
        desk().send(Call.post(address + "/resume").header("If-Match", "1")).refused(400, "malformed-request");
        desk().send(Call.post(address + "/resume").header("If-Match", "\"2\"")).expect(200);
    }

    @Test
    @Proves(Statement.SUBSCRIPTION_PAUSE)
    void keepWhatComesWhileTheyArePausedAlsoOverARestart() {
        String address = created(subscription());
        Reply paused = desk().send(Call.post(address + "/pause?reason=moving")).expect(200);
        assertThat(paused.json().path("status").path("reason").asString()).isEqualTo("moving");
        desk().send(Call.post(address + "/pause?reason=" + "x".repeat(501))).refused(400, "invalid-parameter");
        shop("a", "b");

        broker.restart();
        String moved = PATH + address.substring(address.lastIndexOf('/'));

        JsonNode status = desk().get(moved + "/status").expect(200).json();
        assertThat(status.path("state").asString()).isEqualTo("paused");
        assertThat(status.path("backlog").asInt()).isEqualTo(2);
    }

    @Test
    @Proves(Statement.SUBSCRIPTION_DELETE)
    void areGoneWithTheirGroups() {
        String address = created(subscription());

        desk().send(Call.of("DELETE", address)).expect(200);

        desk().get(address).refused(404, "not-found");
        desk().send(Call.of("DELETE", address)).refused(404, "not-found");
        assertThat(broker.client("admin").get("/metrics").text()).doesNotContain("~sub.");
        broker.restart();
        assertThat(desk().get(PATH).expect(200).json()).isEmpty();
    }

    @Test
    @Proves(Statement.SUBSCRIPTION_OWN_ONLY)
    void areNobodyElses() {
        String address = created(subscription());
        Client other = broker.client("store");

        for (Call call : List.of(
                Call.get(address),
                Call.get(address + "/status"),
                Call.of("PUT", address).body(subscription().toString()),
                Call.of("DELETE", address),
                Call.post(address + "/pause"),
                Call.post(address + "/resume"),
                Call.post(address + "/rotate-secret"))) {
            other.send(call).refused(404, "not-found");
        }
        broker.client("shop").get(address).refused(401, "not-allowed");
        desk().get(address).expect(200);
    }

    @Test
    @Proves(Statement.SUBSCRIPTION_TYPES)
    void areOfGrantedTypesOnly() {
        ObjectNode wanted = subscription();
        wanted.putArray("types").add(Shop.PLACED).add(Shop.PACKED);
        broker.client("few").send(create(wanted)).refused(401, "not-allowed").saying(Shop.PACKED);
        String address = created(wanted);

        broker.catalog(consuming(Shop.PLACED));
        JsonNode status = desk().get(address + "/status").expect(200).json();
        assertThat(status.path("granted").toString()).isEqualTo("[\"" + Shop.PLACED + "\"]");
        assertThat(status.path("notGranted").toString()).isEqualTo("[\"" + Shop.PACKED + "\"]");
        assertThat(desk().get(address).json().path("status").path("notGranted").size())
                .isOne();
        broker.catalog(consuming(Shop.PAID));
        assertThat(desk().get(address + "/status").json().path("state").asString())
                .isEqualTo("suspended");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://shop.example.org/",
                "ftp://shop.example.org/",
                "/events",
                "https:///events",
                "https://me@shop.example.org/",
                "https://shop.example.org/#here",
                "https://shop.example.org:0/",
                "not a uri",
                "mailto:shop@example.org"
            })
    @Proves(Statement.SUBSCRIPTION_SINK)
    void haveSinksThatCanBeCalled(String sink) {
        desk().send(create(subscription().put("sink", sink)))
                .refused(400, "malformed-request")
                .naming("0 - /sink");
    }

    @Test
    void tellEverythingThatIsWrongWithThemAtOnce() {
        ObjectNode wrong = subscription().put("protocol", "AMQP").put("sinc", "x");
        wrong.putObject("config").put("maxRate", 0).put("order", "any");
        wrong.putObject("protocolsettings").putObject("headers").put("Host", "x");

        desk().send(create(wrong))
                .refused(400, "malformed-request")
                .naming(
                        "0 - /sinc",
                        "0 - /protocol",
                        "0 - /protocolsettings/headers",
                        "0 - /config/order",
                        "0 - /config/maxRate");
    }

    @Test
    @Proves({Statement.SUBSCRIPTION_ROTATE, Statement.SUBSCRIPTION_SECRETS})
    void getNewSecretsThatAreToldOnce() {
        Reply created = desk().send(create(subscription())).expect(201);
        String address = created.header("Location");

        Reply rotated =
                desk().send(Call.post(address + "/rotate-secret?overlap=1h")).expect(200);

        assertThat(rotated.json().path("signingsecret").asString())
                .startsWith("whsec_")
                .isNotEqualTo(created.json().path("signingsecret").asString());
        assertThat(desk().get(address).text() + desk().get(PATH).text()).doesNotContain("whsec_");
        desk().send(Call.post(address + "/rotate-secret?overlap=often")).refused(400, "invalid-parameter");
        desk().send(Call.post(address + "/rotate-secret?overlap=31d")).refused(400, "invalid-parameter");
    }

    @Test
    @Proves(Statement.SUBSCRIPTION_QUOTA)
    void areNoMoreThanTheQuota() {
        Client few = broker.client("few");
        String address = few.send(create(subscription())).expect(201).header("Location");

        few.send(create(subscription())).refused(429, "over-quota");

        few.send(Call.of("DELETE", address)).expect(200);
        few.send(create(subscription())).expect(201);
    }

    @Test
    @Proves(Statement.SUBSCRIPTION_STATUS)
    void tellHowTheyAre() {
        ObjectNode paused = subscription();
        paused.putObject("config").put("paused", true);
        String address = created(paused);
        shop("a", "b", "c");

        JsonNode status = desk().get(address + "/status").expect(200).json();

        assertThat(status.path("backlog").asInt()).isEqualTo(3);
        assertThat(status.path("breaker").asString()).isEqualTo("closed");
        assertThat(status.path("granted")).hasSize(4);
    }

    @Test
    @Proves(Statement.GROUPS_LISTED)
    void haveGroupsThatAreNotAmongTheClients() {
        created(subscription());
        PolledInstance mine = desk().poll("group=mine");
        shop("a");

        JsonNode groups = desk().get("/ce/groups").expect(200).json().path("groups");

        assertThat(groups).hasSize(1);
        assertThat(groups.get(0).path("name").asString()).isEqualTo("mine");
        assertThat(groups.get(0).path("backlog").asInt()).isOne();
        desk().send(Call.of("DELETE", mine.address())).expect(204);
    }

    @Test
    @Proves(Statement.GROUP_DELETE)
    void letClientsForgetGroups() {
        PolledInstance mine = desk().poll("group=mine");
        shop("a");
        mine.events(1);
        mine.confirm(1);
        desk().send(Call.of("DELETE", "/ce/groups/mine")).refused(409, "state-conflict");
        desk().send(Call.of("DELETE", mine.address())).expect(204);

        desk().send(Call.of("DELETE", "/ce/groups/mine")).expect(204);

        desk().send(Call.of("DELETE", "/ce/groups/mine")).refused(404, "not-found");
        assertThat(desk().get("/ce/groups").json().path("groups")).isEmpty();
        assertThat(Json.ids(desk().poll("group=mine").events(1))).containsExactly("a");
    }

    private static CatalogText consuming(String type) {
        return Shop.TYPES_ONLY
                .client("desk", "consumes: { types: [" + type + "] }")
                .client("admin", "admin: true");
    }

    private Client desk() {
        return broker.client("desk");
    }

    private void shop(String... ids) {
        for (String id : ids) {
            broker.client("shop").produce(Shop.order(id)).expect(200);
        }
    }

    private int backlog(String address) {
        return desk().get(address + "/status")
                .expect(200)
                .json()
                .path("backlog")
                .asInt();
    }

    private String created(ObjectNode subscription) {
        return desk().send(create(subscription)).expect(201).header("Location");
    }

    private static Call create(ObjectNode subscription) {
        return Call.post(PATH).type("application/json").body(subscription.toString());
    }

    private static ObjectNode subscription() {
        return Json.object().put("sink", "https://shop.example.org/events").put("protocol", "HTTP");
    }

    private static ObjectNode from(String start) {
        ObjectNode subscription = subscription();
        subscription.putObject("config").put("from", start).put("paused", true);
        return subscription;
    }
}

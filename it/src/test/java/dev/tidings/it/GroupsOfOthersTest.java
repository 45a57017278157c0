package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/// What administrators see and forget of the groups of clients.
class GroupsOfOthersTest {
    private static final CatalogText WITHOUT_DESK = CatalogText.EMPTY
            .type(Shop.PLACED)
            .client("shop", "produces: { sources: [" + Shop.SOURCE + "], types: [" + Shop.PLACED + "] }")
            .client("store", "consumes: { types: [" + Shop.PLACED + "] }")
            .client("admin", "admin: true");

    @RegisterExtension
    final RunningBroker broker =
            RunningBroker.with(WITHOUT_DESK.client("desk", "consumes: { types: [" + Shop.PLACED + "] }"));

    @Test
    @Proves(Statement.GROUPS_OF_OTHERS)
    void areForgottenByAdministratorsAlsoWhereTheirClientHasLeft() {
        broker.client("shop").produce(Shop.order("a")).accepted(1, 0);
        PolledInstance mine = broker.client("desk").poll("group=mine");
        assertThat(names("desk")).containsExactly("mine");
        admin("DELETE", "/ce/groups/mine?client=desk").refused(409, "state-conflict");
        broker.client("desk").send(Call.of("DELETE", mine.address())).expect(204);
        admin("PUT", "/admin/catalog").expect(200);

        assertThat(names("desk")).containsExactly("mine");
        admin("DELETE", "/ce/groups/mine?client=desk").expect(204);

        assertThat(names("desk")).isEmpty();
        admin("DELETE", "/ce/groups/mine?client=desk").refused(404, "not-found");
    }

    @Test
    @Proves(Statement.GROUPS_OF_OTHERS)
    void areNoneOfTheBusinessOfOtherClients() {
        Client store = broker.client("store");

        store.get("/ce/groups?client=desk").refused(401, "not-allowed");
        store.send(Call.of("DELETE", "/ce/groups/mine?client=desk")).refused(401, "not-allowed");
        store.get("/ce/groups?client=store").expect(200);
        admin("GET", "/ce/groups").refused(401, "not-allowed");
        admin("GET", "/ce/groups?client=a/b").refused(400, "invalid-parameter");
        assertThat(names("nobody-ever")).isEmpty();
        admin("DELETE", "/ce/groups/mine?client=nobody-ever").refused(404, "not-found");
    }

    private Iterable<String> names(String client) {
        return admin("GET", "/ce/groups?client=" + client)
                .expect(200)
                .json()
                .path("groups")
                .valueStream()
                .map(group -> group.path("name"))
                .map(JsonNode::asString)
                .toList();
    }

    private Reply admin(String method, String path) {
        Call call = Call.of(method, path);
        return broker.client("admin")
                .send(method.equals("PUT") ? call.type("application/yaml").body(WITHOUT_DESK.toString()) : call);
    }
}

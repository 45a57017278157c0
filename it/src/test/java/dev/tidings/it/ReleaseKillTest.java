package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What becomes of events that were released when the process is killed before they are due.
class ReleaseKillTest {
    @Test
    @Proves(Statement.RELEASE_RESTART)
    void keepsWhatWasReleasedAndWhatFollowsItOfItsKeyUntilItIsDue() {
        try (ServerProcess server = ServerProcess.with(Shop.CATALOG).start()) {
            server.client("shop")
                    .produce(
                            Shop.order("a").put("partitionkey", "k"),
                            Shop.order("b").put("partitionkey", "k"))
                    .accepted(2, 0);
            server.client("shop").produce(Shop.order("c")).accepted(1, 0);
            PolledInstance before = server.client("desk").poll("test=false");
            before.events(3);
            before.release(1, "3600s").expect(204);

            server.kill();
            server.startAgain();

            PolledInstance after = server.client("desk").poll("test=false");
            assertThat(after.event().path("id").asString()).isEqualTo("c");
            after.confirm();
            after.hasNothing();
            assertThat(server.client("desk")
                            .get("/ce/groups")
                            .expect(200)
                            .json()
                            .path("groups")
                            .path(0)
                            .path("backlog")
                            .asInt())
                    .isEqualTo(2);
        }
    }
}

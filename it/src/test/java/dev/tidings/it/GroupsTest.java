package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// What a group sees.
class GroupsTest {
    @RegisterExtension
    static final RunningBroker broker = RunningBroker.with(Branch.CATALOG);

    private final Branch shop = Branch.of(broker);

    @ParameterizedTest
    @EnumSource
    @Proves(Statement.CONSUME_DEFAULT_GROUP)
    void readsForTheDefaultGroupUnlessToldOtherwise(Way way) {
        shop.produce("a", "b");
        try (Consumer unnamed = shop.open(way, "")) {
            unnamed.events(2);
            unnamed.confirm(1);
        }

        try (Consumer named = shop.open(way, "group=~default")) {
            assertThat(Json.ids(named.events(1))).containsExactly("b");
        }
    }

    @ParameterizedTest
    @EnumSource
    @Proves(Statement.CONSUME_EVENTS_FALSE)
    void deliversNoStandardEventsWhereTheyAreNotWanted(Way way) {
        shop.produce("a");

        try (Consumer instance = shop.open(way, "events=false")) {
            shop.test("t");

            JsonNode first = instance.event();

            assertThat(first.path("id").asString()).isEqualTo("t");
            assertThat(first.path("offset").asString()).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @EnumSource
    @Proves(Statement.CONSUME_GROUPS_INDEPENDENT)
    void showsEveryEventToEachGroup(Way way) {
        try (Consumer one = shop.open(way, "group=one");
                Consumer other = shop.open(way, "group=other")) {
            shop.produce("a", "b");
            assertThat(Json.ids(one.events(2))).containsExactly("a", "b");
            one.confirm(2);
            shop.produce("c");

            assertThat(Json.ids(other.events(3))).containsExactly("a", "b", "c");
        }
    }

    @Test
    @Proves(Statement.NEW_GROUP_OLDEST)
    void startsANewGroupAtTheOldestEvent() {
        shop.produce("a", "b");
        try (Consumer first = shop.open(Way.POLLING, "group=first")) {
            first.events(2);
            first.confirm(2);
        }

        try (Consumer later = shop.open(Way.POLLING, "group=later")) {
            assertThat(Json.ids(later.events(2))).containsExactly("a", "b");
        }
    }
}

package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Offsets and confirmations, either way.
class OffsetsTest {
    @RegisterExtension
    static final RunningBroker broker = RunningBroker.with(Branch.CATALOG);

    private final Branch shop = Branch.of(broker);

    @ParameterizedTest
    @EnumSource
    @Proves(Statement.OFFSETS_FROM_ONE)
    void countsOffsetsFromOneForEachInstance(Way way) {
        shop.produce("a", "b", "c");
        try (Consumer first = shop.open(way, "")) {
            assertThat(first.events(3)).extracting(OffsetsTest::offset).containsExactly("\"1\"", "\"2\"", "\"3\"");
            first.confirm(2);
        }

        try (Consumer second = shop.open(way, "")) {
            JsonNode event = second.event();

            assertThat(event.path("id").asString()).isEqualTo("c");
            assertThat(offset(event)).isEqualTo("\"1\"");
        }
    }

    @ParameterizedTest
    @EnumSource
    @Proves(Statement.CONFIRM_CUMULATIVE)
    void confirmsEverythingUpToAnOffset(Way way) {
        shop.produce("a", "b", "c", "d");
        try (Consumer first = shop.open(way, "")) {
            first.events(4);
            first.confirm(3);
        }

        shop.produce("e");

        assertThat(next(way, 2)).containsExactly("d", "e");
    }

    @ParameterizedTest
    @EnumSource
    @Proves(Statement.CONFIRM_AGAIN)
    void doesNothingWhereTheSameIsConfirmedAgain(Way way) {
        shop.produce("a", "b", "c", "d");
        try (Consumer first = shop.open(way, "")) {
            first.events(4);
            first.confirm(2);
            first.confirm(2);
            first.confirm(1);
        }

        assertThat(next(way, 2)).containsExactly("c", "d");
    }

    @Test
    @Proves({Statement.CONFIRM_BEYOND, Statement.STATUS_400_OFFSET})
    void refusesAConfirmationOfWhatWasNeverPolled() {
        shop.produce("a", "b");
        PolledInstance instance = shop.poll("");
        instance.events(1);

        instance.confirmation(2).refused(400, "offset-not-delivered");

        instance.delete();
        assertThat(next(Way.POLLING, 2)).containsExactly("a", "b");
    }

    @Test
    @Proves(Statement.CONFIRM_BEYOND)
    void closesAConnectionThatConfirmsWhatItNeverGot() {
        shop.produce("a", "b");
        Subscription subscription = shop.subscribe("");
        subscription.events(2);

        subscription.confirm(3);

        assertThat(subscription.closed().code()).isEqualTo(1008);
        assertThat(next(Way.WEBSOCKET, 2)).containsExactly("a", "b");
    }

    private List<String> next(Way way, int count) {
        try (Consumer other = shop.open(way, "")) {
            return Json.ids(other.events(count));
        }
    }

    private static String offset(JsonNode event) {
        return event.path("offset").toString();
    }
}

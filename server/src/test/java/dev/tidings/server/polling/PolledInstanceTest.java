package dev.tidings.server.polling;

import static dev.tidings.server.polling.ScriptedInstance.delivery;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.consuming.Instance.Settlement;
import dev.tidings.model.ClientName;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolledInstanceTest {
    private final ScriptedInstance instance = new ScriptedInstance();
    private final PolledInstance polled = new PolledInstance(instance, new ClientName("c"), "g");

    @Test
    void confirmsNothingBeforeAnythingWasRead() {
        assertThat(polled.confirmRead()).isCompletedWithValue(Settlement.DONE);
        assertThat(instance.confirmed).isEmpty();
    }

    @Test
    void waitsForAnswersOnTheirWayBeforeItConfirmsWhatWasRead() {
        var first = polled.writes(List.of(delivery(1), delivery(2)));
        var second = polled.writes(List.of(delivery(3)));

        var confirmed = polled.confirmRead();
        second.ended(true);
        assertThat(instance.confirmed).isEmpty();
        first.ended(true);

        assertThat(confirmed).isCompletedWithValue(Settlement.DONE);
        assertThat(instance.confirmed).containsExactly(3L);
    }

    @Test
    void doesNotConfirmWhatGotLost() {
        polled.writes(List.of(delivery(1))).ended(true);
        polled.writes(List.of(delivery(2), delivery(3))).ended(false);

        polled.confirmRead();

        assertThat(instance.unread).containsExactly(2L);
        assertThat(instance.confirmed).containsExactly(1L);
    }

    @Test
    void takesBackWhatFollowsALostAnswer() {
        var lost = polled.writes(List.of(delivery(1)));
        polled.writes(List.of(delivery(2))).ended(true);
        lost.ended(false);

        polled.confirmRead();

        assertThat(instance.unread).containsExactly(1L);
        assertThat(instance.confirmed).isEmpty();
    }

    @Test
    void hearsOnlyTheFirstWordOnAnAnswer() {
        var written = polled.writes(List.of(delivery(1)));

        written.ended(true);
        written.ended(false);

        assertThat(instance.unread).isEmpty();
    }
}

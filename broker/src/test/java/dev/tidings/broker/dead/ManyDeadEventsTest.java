package dev.tidings.broker.dead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.dead.DeadOutcome.Done;
import dev.tidings.broker.dead.DeadOutcome.Many;
import dev.tidings.broker.dead.Resubmission.Content;
import dev.tidings.broker.dead.Resubmission.Target;
import dev.tidings.model.Bytes;
import dev.tidings.model.DataSize;
import dev.tidings.model.GroupName;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/// What is done to all that a filter means.
class ManyDeadEventsTest extends DeadFixture {
    @Test
    void discardsByFilterAPageAtATime() {
        dead = deadEvents(new DeadConfig(4, DataSize.ofMebibytes(1), 10, 3));
        for (int i = 0; i < 6; i++) {
            report(CLINIC, PAID, "c" + i);
            report(CLINIC, SENT, "s" + i);
        }
        DeadFilter paid = new DeadFilter(null, null, PAID, null, null, null);

        Many first = now(dead.discardAll(paid, null, 100));
        Many second = now(dead.discardAll(paid, first.next(), 100));

        assertThat(first.done()).isEqualTo(4);
        assertThat(second).isEqualTo(new Many(2, 0, List.of(), null));
        assertThat(list(paid)).isEmpty();
        assertThat(list(new DeadFilter(null, null, SENT, null, null, null))).hasSize(4);
    }

    @Test
    void resubmitsByFilterInTheirOrderAndTellsWhatItCouldNot() {
        report(CLINIC, PAID, "a");
        store(envelope(new GroupName(CLINIC, "g"), DeadReason.REPORTED, null, Bytes.utf8("{}")));
        report(CLINIC, PAID, "b");

        Many many = now(dead.resubmitAll(DeadFilter.ALL, null, 100, as(new Content.Original(), Target.STREAM)));

        assertThat(many.done()).isEqualTo(2);
        assertThat(many.refused().stream().map(one -> one.id().toString())).containsExactly("clinic~1");
        assertThat(many.next()).isNull();
        assertThat(in(SHOP).stream().map(event -> event.json().toUtf8().contains("\"id\":\"a\"")))
                .containsExactly(true, false);
        assertThat(list(DeadFilter.ALL)).containsExactly("clinic~1");
    }

    @Test
    void countsThoseThatWereSettledMeanwhile() {
        report(CLINIC, PAID, "a");
        engine.appends().shut();
        CompletionStage<DeadOutcome> one = dead.discard(new DeadId(CLINIC, 0));

        CompletionStage<Many> all = dead.discardAll(DeadFilter.ALL, null, 100);
        engine.appends().open();

        assertThat(now(one)).isEqualTo(new Done());
        assertThat(now(all)).isEqualTo(new Many(0, 1, List.of(), null));
    }

    @Test
    void settlesNoMoreThanTheLimit() {
        for (int i = 0; i < 5; i++) {
            report(CLINIC, PAID, "c" + i);
        }

        Many sent = now(dead.resubmitAll(DeadFilter.ALL, null, 2, as(new Content.Original(), Target.STREAM)));
        Many discarded = now(dead.discardAll(DeadFilter.ALL, sent.next(), 2));

        assertThat(sent).isEqualTo(new Many(2, 0, List.of(), new DeadId(CLINIC, 2)));
        assertThat(discarded).isEqualTo(new Many(2, 0, List.of(), new DeadId(CLINIC, 4)));
        assertThat(list(DeadFilter.ALL)).containsExactly("clinic~4");
    }
}

package dev.tidings.engine.testkit.exam;

import static dev.tidings.engine.testkit.exam.Samples.PLACED;
import static dev.tidings.engine.testkit.exam.Samples.POST;
import static dev.tidings.engine.testkit.exam.Samples.READERS;
import static dev.tidings.engine.testkit.exam.Samples.SHOP;
import static dev.tidings.engine.testkit.exam.Samples.SHOP_PARTITION;
import static dev.tidings.engine.testkit.exam.Samples.entry;
import static dev.tidings.engine.testkit.exam.Samples.moving;
import static dev.tidings.engine.testkit.exam.Samples.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.engine.Batch;
import dev.tidings.engine.Batch.CursorMove;
import dev.tidings.engine.Cursor;
import dev.tidings.engine.Partition;
import dev.tidings.engine.Ranges;
import dev.tidings.engine.Unavailable;
import dev.tidings.engine.Unavailable.Effect;
import dev.tidings.engine.testkit.disk.Crash;
import dev.tidings.model.ClientName;
import dev.tidings.model.GroupName;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What [dev.tidings.engine.Groups] promises.
public abstract class CursorsContract extends Exam {
    private static final Cursor WITH_HOLES =
            new Cursor(5, Ranges.ofBounds(7, 9, 12, 13, 1L << 40, Long.MAX_VALUE), Map.of(5L, 3, 10L, 1));

    protected CursorsContract() {}

    @Test
    void hasNoCursorForANewGroup() {
        assertThat(engine().groups().cursors(READERS)).isEmpty();
        assertThat(engine().groups().known()).isEmpty();
    }

    @Test
    void keepsCursorsWithHoles() {
        move(WITH_HOLES, SHOP_PARTITION);

        assertThat(engine().groups().cursors(READERS)).isEqualTo(Map.of(SHOP_PARTITION, WITH_HOLES));
        reopen();
        assertThat(engine().groups().cursors(READERS)).isEqualTo(Map.of(SHOP_PARTITION, WITH_HOLES));
        reopenAfter(Crash.random(3));
        assertThat(engine().groups().cursors(READERS)).isEqualTo(Map.of(SHOP_PARTITION, WITH_HOLES));
    }

    @Test
    void keepsAcknowledgedMovesAcrossACrash() {
        move(WITH_HOLES, SHOP_PARTITION);
        move(Cursor.at(8), SHOP_PARTITION);

        reopenAfter(Crash.LOSING_ALL_UNSYNCED);

        assertThat(engine().groups().cursors(READERS)).isEqualTo(Map.of(SHOP_PARTITION, Cursor.at(8)));
    }

    @Test
    void keepsManyHoles() {
        Ranges holes =
                Ranges.ofBounds(LongStream.range(0, 4_000).map(i -> 10 + 3 * i).toArray());
        Cursor cursor = new Cursor(2, holes, Map.of());

        move(cursor, SHOP_PARTITION);
        reopen();

        assertThat(engine().groups().cursors(READERS)).containsEntry(SHOP_PARTITION, cursor);
    }

    @Test
    void takesTheLastOfTheMovesOfABatch() {
        try (Member _ = Member.join(engine(), READERS, SHOP)) {
            append(Batch.ofCursors(List.of(Samples.move(Cursor.at(9)), Samples.move(Cursor.at(4)))));
        }

        assertThat(engine().groups().cursors(READERS)).containsEntry(SHOP_PARTITION, Cursor.at(4));
    }

    @Test
    void keepsTheCursorsOfGroupsAndPartitionsApart() {
        GroupName other = new GroupName(READERS.client(), "other");
        GroupName stranger = new GroupName(new ClientName("stranger"), READERS.name());
        move(Cursor.at(1), SHOP_PARTITION);
        move(Cursor.at(2), Partition.only(POST));
        try (Member _ = Member.join(engine(), other, SHOP)) {
            append(Batch.ofCursors(List.of(new CursorMove(other, SHOP_PARTITION, Cursor.at(3)))));
        }

        assertThat(engine().groups().cursors(READERS))
                .isEqualTo(Map.of(SHOP_PARTITION, Cursor.at(1), Partition.only(POST), Cursor.at(2)));
        assertThat(engine().groups().cursors(other)).isEqualTo(Map.of(SHOP_PARTITION, Cursor.at(3)));
        assertThat(engine().groups().cursors(stranger)).isEmpty();
        assertThat(engine().groups().known()).containsExactlyInAnyOrder(READERS, other);
    }

    @Test
    void movesACursorTogetherWithTheEventsOfItsBatch() {
        try (Member _ = Member.join(engine(), READERS, SHOP)) {
            append(new Batch(List.of(entry(PLACED, "a")), List.of(Samples.move(Cursor.at(1))), List.of()));
        }
        reopenAfter(Crash.LOSING_ALL_UNSYNCED);

        assertThat(idsIn(SHOP)).containsExactly("a");
        assertThat(engine().groups().cursors(READERS)).containsEntry(SHOP_PARTITION, Cursor.at(1));
    }

    @Test
    void failsABatchThatMovesAPartitionItsGroupDoesNotHold() {
        try (Member _ = Member.join(engine(), READERS, POST)) {
            Unavailable refusal = Await.failure(engine().log()
                    .append(new Batch(
                            List.of(entry(PLACED, "a")),
                            List.of(Samples.move(Cursor.at(1))),
                            List.of(put("t", "k", "v")))));

            assertThat(refusal.effect()).isEqualTo(Effect.NONE);
        }
        assertThat(idsIn(SHOP)).isEmpty();
        assertThat(engine().groups().cursors(READERS)).isEmpty();
        assertThat(engine().states().get("t", "k")).isEmpty();
    }

    @Test
    void failsAMoveOfAMemberThatLeft() {
        Member.join(engine(), READERS, SHOP).close();

        assertThat(Await.failure(engine().log().append(moving(Cursor.at(1)))).effect())
                .isEqualTo(Effect.NONE);
    }

    @Test
    void goesOnAfterABatchThatFailed() {
        Await.failure(engine().log().append(moving(Cursor.at(1))));

        append(entry(PLACED, "a"));

        assertThat(idsIn(SHOP)).containsExactly("a");
    }

    @Test
    void assignsAndRevokesAsTheStreamsOfAMemberChange() {
        try (Member member = Member.join(engine(), READERS, SHOP)) {
            member.streams(SHOP, POST);
            member.streams(POST);

            assertThat(Await.failure(engine().log().append(moving(Cursor.at(1))))
                            .effect())
                    .isEqualTo(Effect.NONE);

            member.streams(SHOP, POST);
            append(moving(Cursor.at(2)));
        }

        assertThat(engine().groups().cursors(READERS)).containsEntry(SHOP_PARTITION, Cursor.at(2));
    }

    @Test
    void forgetsTheCursorsOfAGroupAndOfNoOther() {
        GroupName other = new GroupName(READERS.client(), "other");
        move(Cursor.at(1), SHOP_PARTITION);
        move(Cursor.at(2), Partition.only(POST));
        try (Member _ = Member.join(engine(), other, SHOP)) {
            append(Batch.ofCursors(List.of(new CursorMove(other, SHOP_PARTITION, Cursor.at(3)))));
        }

        append(Batch.ofForgotten(READERS, List.of(put("t", "k", "v"))));

        assertThat(engine().groups().cursors(READERS)).isEmpty();
        assertThat(engine().groups().known()).containsExactly(other);
        assertThat(engine().states().get("t", "k")).isPresent();
        reopenAfter(Crash.LOSING_ALL_UNSYNCED);
        assertThat(engine().groups().cursors(READERS)).isEmpty();
        assertThat(engine().groups().cursors(other)).isEqualTo(Map.of(SHOP_PARTITION, Cursor.at(3)));
    }

    @Test
    void keepsWhatAGroupDidAfterItWasForgotten() {
        move(Cursor.at(7), SHOP_PARTITION);
        append(Batch.ofForgotten(READERS, List.of()));

        move(Cursor.at(2), SHOP_PARTITION);
        reopen();

        assertThat(engine().groups().cursors(READERS)).isEqualTo(Map.of(SHOP_PARTITION, Cursor.at(2)));
    }

    @Test
    void forgetsAGroupForWhichThereIsNothingToForget() {
        append(Batch.ofForgotten(READERS, List.of()));

        assertThat(engine().groups().known()).isEmpty();
    }

    @Test
    void failsABatchThatForgetsAGroupWithAMember() {
        move(Cursor.at(1), SHOP_PARTITION);
        try (Member _ = Member.join(engine(), READERS, POST)) {
            Unavailable refusal =
                    Await.failure(engine().log().append(Batch.ofForgotten(READERS, List.of(put("t", "k", "v")))));

            assertThat(refusal.effect()).isEqualTo(Effect.NONE);
        }
        assertThat(engine().groups().cursors(READERS)).containsEntry(SHOP_PARTITION, Cursor.at(1));
        assertThat(engine().states().get("t", "k")).isEmpty();
    }

    private void move(Cursor cursor, Partition partition) {
        try (Member _ = Member.join(engine(), READERS, partition.stream())) {
            append(Batch.ofCursors(List.of(new CursorMove(READERS, partition, cursor))));
        }
    }
}

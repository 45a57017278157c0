package dev.tidings.broker.consuming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.lanes.LaneStreams;
import dev.tidings.engine.Cursor;
import dev.tidings.model.Caller;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.GroupName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupFiltersTest {
    private static final String A_ONLY = "{\"prefix\":{\"id\":\"a\"}}";

    private final Room room = new Room();

    @Test
    void keepOutWhatDoesNotMatch() {
        room.publish("a1", "b1");
        Reading reading = room.open(filtered(A_ONLY));
        room.publish("b2", "a2");

        assertThat(reading.ids()).containsExactly("a1", "a2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"sql\":\"id LIKE 'a%'\"}",
                "{\"cel\":\"id.startsWith('a')\"}",
                "[{\"prefix\":{\"id\":\"a\"}},{\"not\":{\"suffix\":{\"id\":\"x\"}}}]"
            })
    void speakEachDialect(String filter) {
        room.publish("b", "a", "ba");

        assertThat(room.open(filtered(filter)).ids()).containsExactly("a");
    }

    @Test
    void countWhatTheyKeepOutAsConfirmed() {
        room.publish("b1", "b2", "a1", "b3");
        Reading reading = room.open(filtered(A_ONLY));

        reading.confirm(1);

        assertThat(room.cursor("filtered").floor()).isEqualTo(4);
        assertThat(status().lagEvents()).isZero();
        assertThat(status().filtered()).isEqualTo(new GroupStatus.Filtered(A_ONLY, 3, 0));
    }

    @Test
    void areKeptAcrossACrash() {
        room.publish("b1", "a1");
        Reading before = room.open(filtered(A_ONLY));
        before.confirm(1);

        room.crash();
        Reading after = room.open(filtered(null));
        room.publish("a2", "b2");

        assertThat(after.ids()).containsExactly("a2");
        assertThat(status().filtered().filter()).isEqualTo(A_ONLY);
    }

    @Test
    void passByWhatWasKeptOutBetweenUnconfirmedEventsAgainAfterACrash() {
        room.publish("a1", "b1", "a2");
        Reading before = room.open(filtered(A_ONLY));
        assertThat(before.ids()).containsExactly("a1", "a2");

        room.crash();

        assertThat(room.open(filtered(null)).ids()).containsExactly("a1", "a2");
    }

    @Test
    void keepInstancesTogetherThatAskForEqualOnes() {
        room.open(filtered(A_ONLY));

        assertThat(room.open(filtered(" [ {\"prefix\" : {\"id\":\"\\u0061\"}} ] ")).instance)
                .isNotNull();
    }

    @Test
    void refuseAnInstanceThatAsksForAnother() {
        room.open(filtered(A_ONLY));
        room.open(Room.opening("unfiltered"));

        assertThat(room.refusal(filtered("{\"prefix\":{\"id\":\"b\"}}")).code()).isEqualTo(ErrorCode.GROUP_CONFLICT);
        assertThat(room.refusal(filtered("[]")).detail()).contains("the group's filter: " + A_ONLY + "; asked for: []");
        assertThat(room.refusal(Room.opening("unfiltered").withFilter(A_ONLY)).code())
                .isEqualTo(ErrorCode.GROUP_CONFLICT);
        assertThat(room.open(Room.opening("unfiltered").withFilter("[]")).instance)
                .isNotNull();
    }

    @Test
    void areRefusedWhereTheyAreNone() {
        var refusal = room.refusal(filtered("{\"prefix\":{\"id\":\"\"}}"));

        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_PARAMETER);
        assertThat(refusal.detail()).contains("parameter 'filter'", "/prefix/id", "not empty");
        assertThat(room.now(room.consuming.groups().of(Room.READER))).isEmpty();
    }

    @Test
    void keepOutWhatTheyFailOnAndCountIt() {
        room.publish("a1", "b1");
        Reading reading = room.open(filtered("{\"any\":[{\"cel\":\"data.x == 1\"},{\"prefix\":{\"id\":\"a\"}}]}"));

        assertThat(reading.ids()).containsExactly("a1");
        assertThat(status().filtered().failures()).isEqualTo(1);
        assertThat(status().filtered().out()).isEqualTo(1);
    }

    @Test
    void countOnWhenTheGroupIsUsedAgain() {
        room.publish("b1");
        room.open(filtered(A_ONLY)).instance.close();
        room.loop.run();

        room.publish("b2");
        room.open(filtered(null));

        assertThat(status().filtered().out()).isEqualTo(2);
    }

    @Test
    void letThroughWhatWasResubmittedToTheGroup() {
        Reading reading = room.open(filtered(A_ONLY));

        room.append(LaneStreams.resubmitted(new GroupName(Room.READER, "filtered")), "b-mended");
        room.loop.run();

        assertThat(reading.ids()).containsExactly("b-mended");
    }

    @Test
    void judgeWhatIsReadLaterBecauseAGrantCameLater() {
        room.grant(Map.of(Room.DONE, Room.everything()));
        room.publish(Room.UNDONE, null, "a1");
        room.publish(Room.UNDONE, null, "b1");
        Reading reading = room.open(filtered(A_ONLY));
        room.publish("a2");
        assertThat(reading.ids()).containsExactly("a2");

        room.grant(Map.of(Room.DONE, Room.everything(), Room.UNDONE, Room.everything()));

        assertThat(reading.ids()).containsExactly("a1");
        assertThat(status().filtered().out()).isEqualTo(1);
    }

    @Test
    void canBeChangedForWhatWasNotReadYet() {
        Reading reading = room.open(filtered(A_ONLY));
        room.publish("b1");

        room.now(room.consuming.groups().change(Room.READER, filtered("{\"prefix\":{\"id\":\"b\"}}"), List.of()));
        room.publish("a2", "b2");
        room.now(room.consuming.groups().change(Room.READER, filtered(null), List.of()));
        room.publish("c3");

        assertThat(reading.ids()).containsExactly("b2", "c3");
        assertThat(status().filtered().filter()).isNull();
    }

    @Test
    void storeHowFarTheyHaveReadWhereTheyKeepOutEverything() {
        String[] names = new String[60_000];
        for (int i = 0; i < names.length; i++) {
            names[i] = "b" + i;
        }
        room.appendAll(names);

        room.open(filtered(A_ONLY));

        Cursor cursor = room.cursor("filtered");
        assertThat(cursor.floor()).isGreaterThan(50_000);
    }

    private GroupStatus status() {
        return room.now(room.consuming.groups().status(new GroupName(Room.READER, "filtered")))
                .orElseThrow();
    }

    @Test
    void areForWhatIsGrantedOnceTheyAreCompiled() {
        room.open(filtered(A_ONLY));
        room.crash();
        List<Runnable> compiling = new ArrayList<>();
        room.worker = compiling::add;
        Reading reading = new Reading(room);
        var opening = room.consuming.open(new Caller(Room.READER), filtered(null), reading);
        room.loop.run();

        room.grant(Map.of(Room.UNDONE, Room.everything()));
        compiling.forEach(Runnable::run);
        reading.instance = ((Opened.Open) room.now(opening)).instance();
        reading.wantAll();
        room.publish(Room.DONE, null, "a1");
        room.publish(Room.UNDONE, null, "a2");

        assertThat(reading.ids()).containsExactly("a2");
    }

    private static Opening filtered(String filter) {
        return Room.opening("filtered").withFilter(filter);
    }
}

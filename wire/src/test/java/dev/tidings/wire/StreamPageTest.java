package dev.tidings.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamPageTest {
    @Test
    void isReadWithItsEvents() {
        StreamPage page = StreamPage.parse(Bytes.utf8("""
                        {"events": [{"streamposition":"p1","id":"a","data":[{}]} , {"id":"b"}], "more": {"events":[1]},
                         "next":"p2","atEnd":true,"earliest":"p0","latest":"p9","filterFailed":3}""")).orElseThrow();

        assertThat(page.events())
                .extracting(event -> event.attributes().get("id"))
                .containsExactly("a", "b");
        assertThat(page.events().getFirst().attributes()).containsEntry("streamposition", "p1");
        assertThat(page)
                .isEqualTo(new StreamPage(page.events(), "p2", true, "p0", "p9", 3))
                .isNotEqualTo(new StreamPage(page.events(), "p2", false, "p0", "p9", 3));
    }

    @Test
    void needsNoMoreThanWhereToGoOn() {
        assertThat(StreamPage.parse(Bytes.utf8("{\"next\":\"p2\",\"filterFailed\":99999999999,\"atEnd\":null}")))
                .contains(new StreamPage(List.of(), "p2", false, "", "", Integer.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"next\":1}",
                "{\"next\":\"p\",\"events\":[1]}",
                "{\"next\":\"p\",\"events\":[{}",
                "{\"next\":\"p\"}x"
            })
    void isNotReadFromWhatIsNone(String text) {
        assertThat(StreamPage.parse(Bytes.utf8(text))).isEmpty();
    }
}

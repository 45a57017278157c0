package dev.tidings.broker.dead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.ClientName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadIdTest {
    @Test
    void isReadAsItIsWritten() {
        DeadId id = new DeadId(new ClientName("a-b.c_1"), 123_456_789_012L);

        assertThat(DeadId.parse(id.toString())).contains(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "~",
                "a~",
                "~1",
                "a1",
                "a~-1",
                "a~+1",
                "a~1x",
                "a~1~1",
                "a b~1",
                "a~9999999999999999999",
                "a~١"
            })
    void isNotReadFromAnythingElse(String text) {
        assertThat(DeadId.parse(text)).isEmpty();
    }
}
